namespace Ring.Core;

/// <remarks>This half is for a producer that waits in front of a full ring: first it spins, then it sleeps until a consumer wakes it.</remarks>
internal abstract partial class Sequencer
{
    /// <summary>Between two looks for a publication by another producer, which tells nobody: a rare wait. Milliseconds.</summary>
    private const int ShortSleep = 1;

    /// <summary>How far the slowest gating consumer is, at most <paramref name="bound"/>, and whether any holds somebody up.</summary>
    /// <remarks>
    /// What has come before in the program, the caller's publications and its look at the cursor, comes before the second look at the
    /// set, which finds it as it was.
    /// </remarks>
    protected bool LookAtConsumers(long bound, out long handled)
    {
        while (true)
        {
            Sequence[] gating = Gating;
            long least = GatingSequences.Minimum(gating, Sequence.Nowhere);
            // JOIN fence: the positions, and what the caller has published or seen, before the look that counts; pairs with GatingSequences.Add.
            Fence.Full();
            if (!ReferenceEquals(gating, Gating))
                continue;
            handled = Math.Min(least, bound);
            return least != Sequence.Nowhere;
        }
    }

    /// <summary>
    /// Looks at the consumers, remembers how far they are, and says whether all are done with <paramref name="wrapPoint"/>.
    /// </summary>
    protected abstract Room Refresh(long wrapPoint);

    /// <summary>Waits until all consumers have handled <paramref name="wrapPoint"/>.</summary>
    /// <returns>False when they had not in time.</returns>
    /// <exception cref="RingClosedException">The ring is closed.</exception>
    /// <exception cref="OperationCanceledException">The wait was called off.</exception>
    /// <exception cref="InvalidOperationException">The caller is one of them.</exception>
    protected bool WaitUntilFreed(long wrapPoint, Patience patience)
    {
        SpinWait spinner = default;
        do
        {
            if (Look(wrapPoint) == Room.Free)
                return true;
            spinner.SpinOnce();
        }
        while (!spinner.NextSpinWillYield && !patience.IsOver);

        if (!patience.HasDeadline)
            ThrowIfCallerHolds(wrapPoint);
        return SleepUntilFreed(wrapPoint, patience);
    }

    private bool SleepUntilFreed(long wrapPoint, Patience patience)
    {
        using CancellationTokenRegistration wakeUp = patience.WhenCancelled(_signalFreed);
        while (true)
        {
            long ticket = _freed.Announce();
            Room room = Look(wrapPoint);
            if (room == Room.Free || patience.IsOver)
            {
                _freed.Withdraw(ticket);
                if (room != Room.Free)
                    patience.ThrowIfCancelled();
                return room == Room.Free;
            }

            _freed.Park(ticket, room == Room.HeldByConsumers ? patience.RemainingMilliseconds : ShortSleep);
        }
    }

    /// <summary>
    /// A handler is done with its event when it returns, not before: it must not wait for itself. Only those are told that
    /// certainly gate, so nobody is told who need not be.
    /// </summary>
    private void ThrowIfCallerHolds(long wrapPoint)
    {
        // FREE acquire: the caller's own position; pairs with Sequence.Set.
        if (RunningConsumer.Position is { } own && own.Value < wrapPoint && (Gates(_gating, own) || Gates(_followed, own)))
            throw new InvalidOperationException("The ring is full, and a handler of it claims: it would wait for itself. Use TryNext, or claim on another thread.");
    }

    private static bool Gates(GatingSequences set, Sequence sequence) => Array.IndexOf(set.Snapshot, sequence) >= 0;

    private Room Look(long wrapPoint)
    {
        if (IsClosed)
            throw RingClosedException.For(CloseCause);
        return Refresh(wrapPoint);
    }
}
