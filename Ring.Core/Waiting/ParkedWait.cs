namespace Ring.Core;

/// <summary>The wait of the strategies that block.</summary>
/// <remarks>Thread safety: any number of threads may wait at one spot.</remarks>
internal static class ParkedWait
{
    /// <summary>
    /// What the lite strategies look before they sleep: some 15 microseconds, which is a few times what going to sleep and being
    /// woken takes. Gaps up to that length cost no wake-up; a longer one costs the looks besides.
    /// </summary>
    public const int BriefLooks = 100;

    /// <summary>
    /// Sleeps at the spot until the barrier has a result, or until the deadline has passed; looks so many times before each
    /// sleep, when producers need not know of it yet.
    /// </summary>
    public static WaitResult Until(Deadline deadline, int spinTries, ParkingSpot spot, long sequence, SequenceBarrier barrier)
    {
        while (true)
        {
            // After a wake-up that was for another consumer, too: this one's turn is often next.
            if (SpinningWait.TrySpin(spinTries, sequence, barrier, out WaitResult result))
                return result;
            long ticket = spot.Announce();
            if (barrier.TryPoll(sequence, out result))
                return Withdraw(spot, ticket, result);
            if (deadline.HasPassed)
                return Withdraw(spot, ticket, WaitResult.TimedOut);
            spot.Park(ticket, deadline.RemainingMilliseconds);
        }
    }

    private static WaitResult Withdraw(ParkingSpot spot, long ticket, WaitResult result)
    {
        spot.Withdraw(ticket);
        return result;
    }
}
