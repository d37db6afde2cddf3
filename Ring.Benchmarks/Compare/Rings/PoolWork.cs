using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>Producers, a ring and a pool of workers, each event for one of them.</summary>
internal sealed class PoolWork<T> : RingWork<T>
{
    private readonly Disruptor<T> _disruptor;
    private readonly PoolWorker[] _workers;
    private readonly int _events;

    /// <param name="shape">The ring.</param>
    /// <param name="factory">Makes its events.</param>
    /// <param name="publish">What each producer does.</param>
    /// <param name="events">How many events all of them publish.</param>
    /// <param name="workers">How many workers there are.</param>
    public PoolWork(RingShape shape, Func<T> factory, Publish<T> publish, int events, int workers)
        : base(consumers: 1)
    {
        _events = events;
        _workers = [.. Enumerable.Range(0, workers).Select(static _ => new PoolWorker())];
        _disruptor = new Disruptor<T>(factory, shape.Size, Crew.NewThread, shape.ProducerType, shape.Strategy());
        _disruptor.HandleEventsWithWorkerPool([.. _workers.Cast<IWorkHandler<T>>()]);
        AddProducers(_disruptor.Start(), publish, shape.Producers, events);
    }

    public override void Dispose()
    {
        End(_disruptor);
        base.Dispose();
    }

    /// <summary>Nobody gets the last event for sure, so the workers' counts are looked at.</summary>
    protected override void WaitUntilDone()
    {
        Crew.WaitFor(time => SpinWait.SpinUntil(() => Handled() >= _events, time));
    }

    protected override void CheckConsumers()
    {
        long count = Handled();
        long sum = _workers.Sum(static worker => worker.Total);
        long expected = (long)_events * (_events - 1) / 2;
        if (count != _events || sum != expected || Array.Exists(_workers, static worker => worker.IsOutOfOrder))
            throw new InvalidOperationException($"{count} of {_events} events came, with the sum {sum} instead of {expected}.");
    }

    private long Handled()
    {
        long count = 0;
        foreach (PoolWorker worker in _workers)
            count += worker.Count;

        return count;
    }
}
