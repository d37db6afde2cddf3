using BenchmarkDotNet.Attributes;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>
/// What each wait strategy costs where nobody has to wait: the consumer's way in, which a barrier takes only after a look of its own, and
/// an event that is claimed and published, with the look for sleepers where there can be some.
/// </summary>
[MemoryDiagnoser]
public class WaitStrategyBenchmarks
{
    private IWaitStrategy _strategy = null!;
    private RingBuffer<ClassEvent> _ring = null!;
    private SequenceBarrier _barrier = null!;
    private Sequence _consumer = null!;

    [ParamsSource(nameof(Names))]
    public string Strategy { get; set; } = null!;

    public static IEnumerable<string> Names => Strategies.All.Select(static strategy => strategy.Name);

    [GlobalSetup]
    public void Setup()
    {
        _strategy = Array.Find(Strategies.All, strategy => strategy.Name == Strategy).Make();
        _ring = RingBuffer.CreateSingleProducer(static () => new ClassEvent(), 1024, _strategy);
        _ring.Publish(_ring.Next());
        _barrier = _ring.NewBarrier();
        _consumer = new Sequence();
        _ring.AddGatingSequences(_consumer);
    }

    [Benchmark]
    public long WaitForWhatIsThere() => _strategy.WaitFor(0, _barrier).Sequence;

    [Benchmark]
    public void NextPublish()
    {
        long sequence = _ring.Next();
        _ring.Publish(sequence);
        _consumer.Set(sequence);
    }
}
