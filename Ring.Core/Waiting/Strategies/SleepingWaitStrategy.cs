namespace Ring.Core;

/// <summary>
/// Looks for a moment, then sleeps for a fixed time between two looks: producers have nothing to do with it, and an idle
/// consumer costs little, for up to one sleep of latency after a pause.
/// </summary>
/// <remarks>
/// Thread safety: any number of consumers may wait at the same time. A sleep is at least as long as it is told, and as long as
/// the system's timer makes it: a millisecond is a little more on Linux, and up to 15.6 on Windows. An alert is seen after one sleep.
/// </remarks>
public sealed class SleepingWaitStrategy : IWaitStrategy
{
    /// <summary>How many of the looks before the first sleep let other threads run, as in LMAX: the last ones.</summary>
    private const int MostYields = 100;

    private readonly int _spins;
    private readonly int _yields;

    /// <summary>Sleeps after <paramref name="retries"/> looks.</summary>
    /// <param name="retries">
    /// Looks before the first sleep of a wait, 0 or more: the last 100 of them let other threads run, those before make a short
    /// pause.
    /// </param>
    /// <param name="sleepTime">
    /// Between two looks from then on: more than zero, at most <see cref="int.MaxValue"/> milliseconds, rounded up to whole
    /// ones, which is the shortest that .NET can sleep; a millisecond when null.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SleepingWaitStrategy(int retries = 200, TimeSpan? sleepTime = null)
    {
        _yields = Math.Min(WaitArgument.ZeroOrMore(retries, nameof(retries)), MostYields);
        _spins = retries - _yields;
        TimeSpan sleep = WaitArgument.MoreThanZero(sleepTime ?? TimeSpan.FromMilliseconds(1), nameof(sleepTime));
        SleepMilliseconds = (int)Math.Ceiling(sleep.TotalMilliseconds);
    }

    /// <inheritdoc/>
    public bool IsBlocking => false;

    /// <summary>At least one: a sleep of none would be a yield, and take a whole processor.</summary>
    internal int SleepMilliseconds { get; }

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        if (SpinningWait.TrySpin(_spins, sequence, barrier, out WaitResult result)
            || SpinningWait.TryYield(_yields, sequence, barrier, out result))
            return result;
        while (!barrier.TryPoll(sequence, out result))
            Thread.Sleep(SleepMilliseconds);
        return result;
    }

    /// <summary>Does nothing: nobody sleeps until it is called.</summary>
    public void SignalAllWhenBlocking()
    {
    }
}
