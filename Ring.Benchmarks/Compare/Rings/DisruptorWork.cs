using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>Producers, a ring and a graph of consumers.</summary>
internal sealed class DisruptorWork<T> : RingWork<T>
{
    private readonly Disruptor<T> _disruptor;
    private readonly Action _check;

    /// <param name="shape">The ring.</param>
    /// <param name="factory">Makes its events.</param>
    /// <param name="publish">What each producer does.</param>
    /// <param name="events">How many events all of them publish.</param>
    /// <param name="consumers">How many consumers will say that they are done.</param>
    /// <param name="wire">Puts the consumers into the disruptor, and returns what checks them.</param>
    public DisruptorWork(
        RingShape shape, Func<T> factory, Publish<T> publish, int events, int consumers, Func<Disruptor<T>, CountdownEvent, Action> wire)
        : base(consumers)
    {
        _disruptor = new Disruptor<T>(factory, shape.Size, Crew.NewThread, shape.ProducerType, shape.Strategy());
        _check = wire(_disruptor, IsDone);
        AddProducers(_disruptor.Start(), publish, shape.Producers, events);
    }

    public override void Dispose()
    {
        End(_disruptor);
        base.Dispose();
    }

    protected override void CheckConsumers() => _check();
}
