using Ring.Core;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Does what is written instead of waiting, on the processor's own thread.</summary>
internal sealed class ScriptedWaitStrategy : IWaitStrategy
{
    /// <summary>Returns how the next wait ends; null when it ends with what the barrier says.</summary>
    public Func<WaitResult?> OnWait { get; set; } = static () => null;

    public bool IsBlocking => false;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        if (OnWait() is { } result)
            return result;
        barrier.TryPoll(sequence, out WaitResult polled);
        return polled;
    }

    public void SignalAllWhenBlocking()
    {
    }
}
