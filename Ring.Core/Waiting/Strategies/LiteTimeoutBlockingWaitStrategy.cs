namespace Ring.Core;

/// <summary>As <see cref="LiteBlockingWaitStrategy"/>, but a wait ends when the time is over, so that an idle consumer can do
/// its housekeeping.</summary>
/// <remarks>Thread safety: any number of consumers may wait at the same time; each wait has its own deadline.</remarks>
public sealed class LiteTimeoutBlockingWaitStrategy : IWaitStrategy
{
    private readonly ParkingSpot _spot = new();
    private readonly TimeSpan _timeout;
    private readonly int _spinTries;

    /// <summary>Sleeps after <paramref name="spinTries"/> looks, and waits for <paramref name="timeout"/> at most.</summary>
    /// <param name="timeout">More than zero, at most <see cref="int.MaxValue"/> milliseconds; rounded up to whole ones.</param>
    /// <param name="spinTries">Looks with a short pause before each sleep; 0 or more. The clock is read after them.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public LiteTimeoutBlockingWaitStrategy(TimeSpan timeout, int spinTries = ParkedWait.BriefLooks)
    {
        _timeout = WaitArgument.MoreThanZero(timeout, nameof(timeout));
        _spinTries = WaitArgument.ZeroOrMore(spinTries, nameof(spinTries));
    }

    /// <inheritdoc/>
    public bool IsBlocking => true;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier) =>
        // The deadline is set once: wake-ups that bring nothing for this consumer do not prolong the wait.
        ParkedWait.Until(Deadline.After(_timeout), _spinTries, _spot, sequence, barrier);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _spot.Signal();
}
