using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A strategy as users write it: it looks and goes to sleep under a lock, and has no fence of its own.</summary>
internal sealed class LockingWaitStrategy : IWaitStrategy
{
    private readonly object _gate = new();

    public bool IsBlocking => true;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        Machine.Enter(_gate);
        WaitResult result;
        while (!barrier.TryPoll(sequence, out result))
            Machine.Wait(_gate, Timeout.InfiniteTimeSpan);
        Machine.Exit(_gate);
        return result;
    }

    public void SignalAllWhenBlocking()
    {
        Machine.Enter(_gate);
        Machine.PulseAll(_gate);
        Machine.Exit(_gate);
    }
}
