namespace Ring.Core;

/// <summary>As <see cref="BlockingWaitStrategy"/>, but a wait ends when the time is over, so that an idle consumer can do its
/// housekeeping.</summary>
/// <remarks>Thread safety: any number of consumers may wait at the same time; each wait has its own deadline.</remarks>
public sealed class TimeoutBlockingWaitStrategy : IWaitStrategy
{
    private readonly ParkingSpot _spot = new();
    private readonly TimeSpan _timeout;

    /// <summary>Waits for <paramref name="timeout"/> at most.</summary>
    /// <param name="timeout">More than zero, at most <see cref="int.MaxValue"/> milliseconds; rounded up to whole ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is outside that range.</exception>
    public TimeoutBlockingWaitStrategy(TimeSpan timeout) => _timeout = WaitArgument.MoreThanZero(timeout, nameof(timeout));

    /// <inheritdoc/>
    public bool IsBlocking => true;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier) =>
        // The deadline is set once: wake-ups that bring nothing for this consumer do not prolong the wait.
        ParkedWait.Until(Deadline.After(_timeout), spinTries: 0, _spot, sequence, barrier);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _spot.Signal();
}
