namespace Ring.Benchmarks.Compare.Peers;

/// <summary>One producer and one consumer around a bare ring.</summary>
internal sealed class BareRingWork : CrewWork
{
    private readonly Receiver _receiver;

    /// <param name="size">Slots.</param>
    /// <param name="batch">After how many values the consumer is told.</param>
    /// <param name="events">How many values go through.</param>
    public BareRingWork(int size, int batch, int events)
        : base(consumers: 1)
    {
        BareRing ring = new(size);
        _receiver = new Receiver(events, IsDone);
        Crew.AddRunning(() => ring.Receive(_receiver, events));
        Crew.Add(() => ring.Send(events, batch));
    }

    protected override void CheckConsumers() => _receiver.Check();
}
