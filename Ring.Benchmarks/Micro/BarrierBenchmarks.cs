using BenchmarkDotNet.Attributes;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>What a consumer pays for one look, in front of a producer and behind another consumer.</summary>
[MemoryDiagnoser]
public class BarrierBenchmarks
{
    private const int Published = 256;

    private SequenceBarrier _first = null!;
    private SequenceBarrier _behind = null!;

    [Params(ProducerType.Single, ProducerType.Multi)]
    public ProducerType Producers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RingBuffer<ClassEvent> ring = RingBuffer.Create(Producers, static () => new ClassEvent(), 1024);
        long hi = ring.Next(Published);
        ring.Publish(hi - Published + 1, hi);
        _first = ring.NewBarrier();
        _behind = ring.NewBarrier(new Sequence(hi));
    }

    [Benchmark(Baseline = true)]
    public long LookAtOne() => _first.WaitFor(Published - 1).Sequence;

    [Benchmark]
    public long LookAtMany() => _first.WaitFor(0).Sequence;

    [Benchmark]
    public long LookBehindAConsumer() => _behind.WaitFor(0).Sequence;

    [Benchmark]
    public bool LookInVain() => _first.TryPoll(Published, out _);
}
