namespace Ring.Core;

/// <summary>The wait of the strategies that block.</summary>
/// <remarks>Thread safety: any number of threads may wait at one spot.</remarks>
internal static class ParkedWait
{
    /// <summary>Sleeps at the spot until the barrier has a result, or until the deadline has passed.</summary>
    public static WaitResult Until(Deadline deadline, ParkingSpot spot, long sequence, SequenceBarrier barrier)
    {
        while (true)
        {
            long ticket = spot.Announce();
            if (barrier.TryPoll(sequence, out WaitResult result))
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
