namespace Ring.Core;

/// <summary>
/// Sleeps while there is nothing to do: no processor time when idle, on every edge of the consumer graph, for some
/// microseconds of latency after a pause.
/// </summary>
/// <remarks>
/// Thread safety: any number of consumers may wait at the same time. A producer pays one read of a quiet cell for each
/// publication, and a system call only when somebody sleeps.
/// </remarks>
public sealed class BlockingWaitStrategy : IWaitStrategy
{
    private readonly ParkingSpot _spot = new();

    /// <inheritdoc/>
    public bool IsBlocking => true;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier) =>
        ParkedWait.Until(Deadline.Never, spinTries: 0, _spot, sequence, barrier);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _spot.Signal();
}
