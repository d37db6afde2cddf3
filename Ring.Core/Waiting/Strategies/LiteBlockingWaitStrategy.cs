namespace Ring.Core;

/// <summary>
/// As <see cref="BlockingWaitStrategy"/>, but looks for a short moment before it sleeps: while events keep coming, producers
/// wake nobody.
/// </summary>
/// <remarks>
/// Thread safety: any number of consumers may wait at the same time. The looks take the processor for some microseconds, once
/// in a wait and once after each wake-up; an idle consumer costs nothing.
/// </remarks>
public sealed class LiteBlockingWaitStrategy : IWaitStrategy
{
    private readonly ParkingSpot _spot = new();
    private readonly int _spinTries;

    /// <summary>Sleeps after <paramref name="spinTries"/> looks.</summary>
    /// <param name="spinTries">Looks with a short pause before each sleep; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="spinTries"/> is negative.</exception>
    public LiteBlockingWaitStrategy(int spinTries = ParkedWait.BriefLooks) =>
        _spinTries = WaitArgument.ZeroOrMore(spinTries, nameof(spinTries));

    /// <inheritdoc/>
    public bool IsBlocking => true;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier) =>
        ParkedWait.Until(Deadline.Never, _spinTries, _spot, sequence, barrier);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _spot.Signal();
}
