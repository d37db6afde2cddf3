using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// An event count: threads sleep here until something they look at has changed, and whoever changes it pays one read of a
/// quiet cell when nobody sleeps.
/// </summary>
/// <remarks>
/// The sleeper: <see cref="Announce"/>, look again, and only then <see cref="Park"/> with the ticket. The waker: change the
/// thing, then <see cref="Signal"/>. A wake-up cannot be lost: either the waker's read of the cell comes after the
/// announcement and it wakes, or its change came before the announcement's fence and the sleeper's second look sees it; and
/// a wake-up between announcement and sleep makes the ticket stale, which <see cref="Park"/> checks under the lock.
/// Every thread may use every method.
/// </remarks>
internal sealed class ParkingSpot
{
    private const long Nobody = 0;
    private const long Somebody = 1;

    private readonly object _gate = new();
    private PaddedLong _parked;

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
            _parked.WriteRelease(Somebody);
        }

        // WAKE fence: the announcement before the sleeper's second look; pairs with ParkingSpot.Signal.
        Fence.Heavy();
        return ticket;
    }

    /// <summary>Sleeps until a signal later than the ticket, or until the time is over; may return early without a reason.</summary>
    public void Park(long ticket, int millisecondsTimeout)
    {
        lock (_gate)
        {
            if (_wakeUps == ticket)
                Monitor.Wait(_gate, millisecondsTimeout);
        }
    }

    /// <summary>Wakes all sleepers, if there are any. Call it after the change that they wait for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Signal()
    {
        // WAKE fence: the caller's change before the look for sleepers; pairs with ParkingSpot.Announce.
        Fence.Light();
        // WAKE acquire: sees an announcement, or the sleeper sees the change; pairs with ParkingSpot.Announce.
        if (_parked.ReadAcquire() != Nobody)
            WakeAll();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WakeAll()
    {
        lock (_gate)
        {
            // WAKE release: under the lock, so that it cannot overtake a later announcement; pairs with ParkingSpot.Announce.
            _parked.WriteRelease(Nobody);
            _wakeUps++;
            Monitor.PulseAll(_gate);
        }
    }
}
