using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A strategy as users write it, by the rule in docs/wait-strategies.md for those that take no lock while nobody sleeps.</summary>
/// <param name="fenceOfSleeper">Between the announcement and the last look.</param>
/// <param name="fenceOfWaker">Between what it is called for and the question whether anybody sleeps.</param>
internal sealed class AnnouncingWaitStrategy(Action fenceOfSleeper, Action fenceOfWaker) : IWaitStrategy
{
    private readonly object _gate = new();
    private bool _isAnySleeping;

    public bool IsBlocking => true;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        WaitResult result;
        while (!barrier.TryPoll(sequence, out result) && !TrySleep(sequence, barrier, out result))
        {
        }

        return result;
    }

    public void SignalAllWhenBlocking()
    {
        fenceOfWaker();
        if (!Machine.Load(ref _isAnySleeping))
            return;
        Machine.Enter(_gate);
        Machine.Store(ref _isAnySleeping, false);
        Machine.PulseAll(_gate);
        Machine.Exit(_gate);
    }

    /// <summary>Sleeps, unless the last look has found something.</summary>
    private bool TrySleep(long sequence, SequenceBarrier barrier, out WaitResult result)
    {
        Machine.Enter(_gate);
        Machine.Store(ref _isAnySleeping, true);
        fenceOfSleeper();
        bool hasFound = barrier.TryPoll(sequence, out result);
        if (!hasFound)
            Machine.Wait(_gate, Timeout.InfiniteTimeSpan);
        Machine.Exit(_gate);
        return hasFound;
    }
}
