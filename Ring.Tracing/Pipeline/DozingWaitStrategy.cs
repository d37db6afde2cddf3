using Ring.Core;

namespace Ring.Tracing;

/// <summary>
/// How the drain waits: it dozes as long as spans come every now and then, and falls asleep when none did for a while. Waking a
/// sleeper costs whoever ends a span more than all the rest; one that dozes looks by itself, once a millisecond, and is nudged only
/// when the ring fills faster than that.
/// </summary>
/// <remarks>
/// Thread-safe. A nudge just before a doze is lost, and the doze then lasts its millisecond (16 at most on Windows), as it would
/// without.
/// </remarks>
/// <param name="timeout">How long to sleep at most.</param>
/// <param name="doze">How long one doze lasts at most, if not a millisecond.</param>
internal sealed class DozingWaitStrategy(TimeSpan timeout, TimeSpan? doze = null) : IWaitStrategy
{
    /// <summary>Dozes in a row, each of about a millisecond, before the drain falls asleep.</summary>
    private const int MostDozes = 50;

    private readonly TimeSpan _longestDoze = doze ?? TimeSpan.FromMilliseconds(1);
    private readonly object _gate = new();
    private readonly TimeoutBlockingWaitStrategy _asleep = new(timeout);

    public bool IsBlocking => true;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        for (int dozes = 0; dozes < MostDozes; dozes++)
        {
            if (barrier.TryPoll(sequence, out WaitResult result))
                return result;

            lock (_gate)
                Monitor.Wait(_gate, _longestDoze);
        }

        return _asleep.WaitFor(sequence, barrier);
    }

    /// <summary>Wakes the drain when it is asleep. One that dozes looks by itself.</summary>
    public void SignalAllWhenBlocking() => _asleep.SignalAllWhenBlocking();

    /// <summary>Ends a doze. An interrupt of the caller stays with it.</summary>
    public void Nudge()
    {
        bool isTaken = false;
        try
        {
            // Who holds the lock is the drain, about to look or to doze: waiting for it is not worth while.
            Monitor.TryEnter(_gate, ref isTaken);
            if (isTaken)
                Monitor.Pulse(_gate);
        }
        finally
        {
            if (isTaken)
                Monitor.Exit(_gate);
        }
    }
}
