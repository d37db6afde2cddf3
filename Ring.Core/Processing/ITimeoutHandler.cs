namespace Ring.Core;

/// <summary>For handlers that have something to do when no event has come for a while.</summary>
/// <remarks>Thread safety: the processor's thread calls it, between events.</remarks>
public interface ITimeoutHandler
{
    /// <summary>Called when the ring's wait strategy gave up waiting, such as <see cref="TimeoutBlockingWaitStrategy"/>.</summary>
    /// <param name="sequence">The last sequence that was handled, by this worker in a pool; -1 when none was.</param>
    void OnTimeout(long sequence);
}
