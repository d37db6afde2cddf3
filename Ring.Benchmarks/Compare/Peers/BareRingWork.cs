namespace Ring.Benchmarks.Compare.Peers;

/// <summary>One producer and one consumer around a bare ring.</summary>
internal sealed class BareRingWork : IWork
{
    private readonly Crew _crew = new();
    private readonly CountdownEvent _isDone = new(1);
    private readonly Receiver _receiver;

    /// <param name="size">Slots.</param>
    /// <param name="batch">After how many values the consumer is told.</param>
    /// <param name="events">How many values go through.</param>
    public BareRingWork(int size, int batch, int events)
    {
        BareRing ring = new(size);
        _receiver = new Receiver(events, _isDone);
        _crew.AddRunning(() => ring.Receive(_receiver, events));
        _crew.Add(() => ring.Send(events, batch));
    }

    public void Go()
    {
        _crew.Go();
        _isDone.Wait();
    }

    public void Check()
    {
        _crew.Join();
        _receiver.Check();
    }

    public void Dispose()
    {
        _crew.Dispose();
        _isDone.Dispose();
    }
}
