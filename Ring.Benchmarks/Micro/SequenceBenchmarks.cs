using BenchmarkDotNet.Attributes;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>What moving a consumer's position costs: alone, and when somebody is to be told.</summary>
[MemoryDiagnoser]
public class SequenceBenchmarks
{
    private readonly Sequence _alone = new();
    private readonly Sequence _gating = new();
    private long _next;

    [GlobalSetup]
    public void Setup() => RingBuffer.CreateSingleProducer(static () => new ClassEvent(), 1024).AddGatingSequences(_gating);

    [Benchmark(Baseline = true)]
    public void Set() => _alone.Set(_next++);

    [Benchmark]
    public void SetGating() => _gating.Set(_next++);

    [Benchmark]
    public void SetFenced() => _alone.SetFenced(_next++);

    [Benchmark]
    public long IncrementAndGet() => _alone.IncrementAndGet();

    [Benchmark]
    public long Value() => _alone.Value;
}
