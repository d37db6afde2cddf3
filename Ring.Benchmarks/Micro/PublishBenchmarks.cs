using BenchmarkDotNet.Attributes;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>
/// What one event costs when the ring has room and nobody sleeps: a producer's part, and the move of a consumer's position.
/// </summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(ClassEvent))]
[GenericTypeArguments(typeof(StructEvent))]
public class PublishBenchmarks<T>
    where T : IValueEvent, new()
{
    private const int Batch = 16;

    private RingBuffer<T> _ring = null!;
    private Sequence _consumer = null!;

    [Params(ProducerType.Single, ProducerType.Multi)]
    public ProducerType Producers { get; set; }

    [Params(false, true)]
    public bool Blocking { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        IWaitStrategy strategy = Blocking ? new BlockingWaitStrategy() : new BusySpinWaitStrategy();
        _ring = RingBuffer.Create(Producers, static () => new T(), 1024, strategy);
        _consumer = new Sequence();
        _ring.AddGatingSequences(_consumer);
    }

    [Benchmark(Baseline = true)]
    public void NextPublish()
    {
        long sequence = _ring.Next();
        _ring[sequence].Value = sequence;
        _ring.Publish(sequence);
        _consumer.Set(sequence);
    }

    [Benchmark]
    public void TryNextPublish()
    {
        if (!_ring.TryNext(out long sequence))
            throw new InvalidOperationException("The ring is full.");
        _ring[sequence].Value = sequence;
        _ring.Publish(sequence);
        _consumer.Set(sequence);
    }

    [Benchmark]
    public void Scope()
    {
        using PublishingScope<T> scope = _ring.PublishEvent();
        scope.Event.Value = scope.Sequence;
        scope.Commit();
        _consumer.Set(scope.Sequence);
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Batches()
    {
        long hi = _ring.Next(Batch);
        for (long sequence = hi - Batch + 1; sequence <= hi; sequence++)
            _ring[sequence].Value = sequence;
        _ring.Publish(hi - Batch + 1, hi);
        _consumer.Set(hi);
    }
}
