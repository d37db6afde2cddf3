namespace Ring.Core;

/// <summary>
/// Looks again and again, first with a short pause, then letting other threads run in between: nearly the latency of
/// <see cref="BusySpinWaitStrategy"/>, and a processor for itself only while nobody else wants it.
/// </summary>
/// <remarks>Thread safety: any number of consumers may wait at the same time, also more than there are processors.</remarks>
public sealed class YieldingWaitStrategy : IWaitStrategy
{
    private readonly int _spinTries;

    /// <summary>Yields after <paramref name="spinTries"/> looks.</summary>
    /// <param name="spinTries">Looks with a short pause, at the beginning of each wait; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="spinTries"/> is negative.</exception>
    public YieldingWaitStrategy(int spinTries = 100) => _spinTries = WaitArgument.ZeroOrMore(spinTries, nameof(spinTries));

    /// <inheritdoc/>
    public bool IsBlocking => false;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        if (SpinningWait.TrySpin(_spinTries, sequence, barrier, out WaitResult result))
            return result;
        while (!barrier.TryPoll(sequence, out result))
            Thread.Yield();
        return result;
    }

    /// <summary>Does nothing: nobody sleeps.</summary>
    public void SignalAllWhenBlocking()
    {
    }
}
