using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>A ring whose producers are about to begin.</summary>
internal abstract class RingWork<T> : IWork
{
    private readonly Crew _crew = new();
    private readonly CountdownEvent _isDone;

    /// <param name="consumers">How many consumers tell when they are done.</param>
    protected RingWork(int consumers) => _isDone = new CountdownEvent(consumers);

    protected Crew Crew => _crew;

    protected CountdownEvent IsDone => _isDone;

    public void Go()
    {
        _crew.Go();
        WaitUntilDone();
    }

    public void Check()
    {
        _crew.Join();
        CheckConsumers();
    }

    public virtual void Dispose()
    {
        _crew.Dispose();
        _isDone.Dispose();
    }

    protected void AddProducers(RingBuffer<T> ring, Publish<T> publish, int producers, int events)
    {
        for (int i = 0; i < producers; i++)
        {
            int producer = i;
            _crew.Add(() => publish(ring, producer, Share.Of(events, producer, producers)));
        }
    }

    protected virtual void WaitUntilDone() => _isDone.Wait();

    protected abstract void CheckConsumers();
}
