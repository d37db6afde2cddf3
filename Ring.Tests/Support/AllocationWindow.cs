namespace Ring.Tests.Support;

/// <summary>
/// The least that a thread allocates from one of its events to the 2,000th after it: the runtime allocates on the thread, too, now and
/// then, and not for the events' sake.
/// </summary>
internal sealed class AllocationWindow
{
    private const int Length = 2_000;

    private long _before;
    private int _events;

    /// <summary>Bytes; more than anything as long as no window was complete.</summary>
    public long Least { get; private set; } = long.MaxValue;

    /// <summary>Called for each event, on the thread that handles it.</summary>
    public void Count()
    {
        if (_events++ % Length != 0)
            return;
        if (_events > 1)
            Least = Math.Min(Least, GC.GetAllocatedBytesForCurrentThread() - _before);
        _before = GC.GetAllocatedBytesForCurrentThread();
    }
}
