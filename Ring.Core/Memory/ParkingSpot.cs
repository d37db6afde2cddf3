using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// An event count: threads sleep here until something they look at has changed, and whoever changes it pays one read of a
/// quiet cell when nobody sleeps.
/// </summary>
/// <remarks>
/// The sleeper: <see cref="Announce"/>, look again, and then either <see cref="Withdraw"/> or <see cref="Park"/> with the
/// ticket. The waker: change the thing, then <see cref="Signal"/>. A wake-up cannot be lost: either the waker's read of the
/// cell comes after the announcement and it wakes, or its change came before the announcement's fence and the sleeper's second
/// look sees it; and a wake-up between announcement and sleep makes the ticket stale, which <see cref="Park"/> checks under
/// the lock. Every thread may use every method.
/// </remarks>
internal sealed class ParkingSpot
{
    private readonly object _gate = new();

    /// <summary>How many have announced themselves since the last wake-up and not withdrawn; written under the lock.</summary>
    private PaddedLong _sleepers;

    /// <summary>How often sleepers were woken; only under the lock.</summary>
    private long _wakeUps;

    /// <summary>Says that this thread is about to sleep, and returns the ticket to sleep with.</summary>
    public long Announce()
    {
        long ticket;
        lock (_gate)
        {
            ticket = _wakeUps;
            // WAKE release: the announcement, before the second look that follows the fence; pairs with ParkingSpot.Signal.
            // plain: the lock is held.
            _sleepers.WriteRelease(_sleepers.ReadPlain() + 1);
        }

        // WAKE fence: the announcement before the sleeper's second look; pairs with ParkingSpot.Signal.
        Fence.Heavy();
        return ticket;
    }

    /// <summary>Takes the announcement back: the second look has found what was waited for.</summary>
    public void Withdraw(long ticket)
    {
        lock (_gate)
            Leave(ticket);
    }

    /// <summary>Sleeps until a signal later than the ticket, or until the time is over; may return early without a reason.</summary>
    public void Park(long ticket, int millisecondsTimeout)
    {
        lock (_gate)
        {
            try
            {
                if (_wakeUps == ticket)
                    Monitor.Wait(_gate, millisecondsTimeout);
            }
            finally
            {
                Leave(ticket);
            }
        }
    }

    /// <summary>Wakes all sleepers, if there are any. Call it after the change that they wait for. Does not throw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Signal()
    {
        // WAKE fence: the caller's change before the look for sleepers; pairs with ParkingSpot.Announce.
        Fence.Light();
        // WAKE acquire: sees an announcement, or the sleeper sees the change; pairs with ParkingSpot.Announce.
        if (_sleepers.ReadAcquire() != 0)
            WakeAll();
    }

    /// <summary>Under the lock: one sleeper fewer, unless a wake-up has counted all of them as gone.</summary>
    private void Leave(long ticket)
    {
        // WAKE release: under the lock, in the order of announcements; pairs with ParkingSpot.Signal.
        // plain: the lock is held.
        if (_wakeUps == ticket)
            _sleepers.WriteRelease(_sleepers.ReadPlain() - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WakeAll()
    {
        // The change has happened: an interrupt of this thread must neither swallow the wake-up nor get lost.
        bool interrupted = false;
        while (!TryWakeAll())
            interrupted = true;
        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    private bool TryWakeAll()
    {
        try
        {
            lock (_gate)
            {
                // WAKE release: under the lock, so that it cannot overtake a later announcement; pairs with ParkingSpot.Announce.
                _sleepers.WriteRelease(0);
                _wakeUps++;
                Monitor.PulseAll(_gate);
                return true;
            }
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }
}
