namespace Ring.Core;

/// <summary>
/// Looks again and again, with a short pause: the lowest latency, for a whole processor each consumer.
/// </summary>
/// <remarks>
/// Thread safety: any number of consumers may wait at the same time. Not for more consumers than there are free processors.
/// </remarks>
public sealed class BusySpinWaitStrategy : IWaitStrategy
{
    /// <summary>Of <see cref="Thread.SpinWait"/>, the shortest: what waits here is on its way, or there is no hurry.</summary>
    private const int PauseIterations = 1;

    /// <inheritdoc/>
    public bool IsBlocking => false;

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        WaitResult result;
        while (!barrier.TryPoll(sequence, out result))
            Thread.SpinWait(PauseIterations);
        return result;
    }

    /// <summary>Does nothing: nobody sleeps.</summary>
    public void SignalAllWhenBlocking()
    {
    }
}
