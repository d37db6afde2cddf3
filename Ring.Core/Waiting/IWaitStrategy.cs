namespace Ring.Core;

/// <summary>How consumers wait for events: what they pay in processor time against what they pay in latency.</summary>
/// <remarks>
/// Thread safety: all consumers of a ring share one strategy and call <see cref="WaitFor"/> at the same time, while producers
/// and upstream consumers call <see cref="SignalAllWhenBlocking"/>. Use one instance for one ring.
/// </remarks>
public interface IWaitStrategy
{
    /// <summary>
    /// Whether waiters may sleep until <see cref="SignalAllWhenBlocking"/> is called. Constant for the life of the strategy;
    /// when false, nobody calls it.
    /// </summary>
    bool IsBlocking { get; }

    /// <summary>
    /// Waits until <see cref="SequenceBarrier.TryPoll"/> has a result, and returns it; or gives up with
    /// <see cref="WaitResult.TimedOut"/>. A loop around it must see an alert in each of its phases, which
    /// <see cref="SequenceBarrier.TryPoll"/> does, and must give the processor a pause between two looks.
    /// </summary>
    /// <param name="sequence">The next sequence that the caller wants to handle.</param>
    /// <param name="barrier">What to look at.</param>
    /// <returns>How the wait ended.</returns>
    WaitResult WaitFor(long sequence, SequenceBarrier barrier);

    /// <summary>
    /// Wakes all waiters, so that they look again. Called by whoever has published, moved a sequence that others wait for,
    /// or alerted a barrier, right after doing so.
    /// </summary>
    /// <remarks>
    /// What it is called for was stored with release, and no fence follows. One that takes the lock under which the waiters look and fall
    /// asleep needs none. One that first reads whether anybody sleeps must execute <see cref="Interlocked.MemoryBarrier"/> before that,
    /// and the waiter the same between saying that it sleeps and its last look; else either misses what the other has stored.
    /// </remarks>
    void SignalAllWhenBlocking();
}
