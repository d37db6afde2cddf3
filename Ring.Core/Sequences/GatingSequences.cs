namespace Ring.Core;

/// <summary>
/// The positions that a producer may not overtake by more than the size of the ring: a copy-on-write set that can change
/// while producers and consumers run.
/// </summary>
/// <remarks>Thread safety: every member may be called by every thread.</remarks>
internal sealed class GatingSequences
{
    private AtomicReference<Sequence[]> _set = new([]);

    /// <summary>The members at one moment. Not to be changed.</summary>
    // GATES acquire: the array's elements and their start positions; pairs with GatingSequences.Exchange.
    public Sequence[] Snapshot => _set.ReadAcquire();

    /// <summary>The least of the positions, or <paramref name="bound"/> when that is less or when there are none.</summary>
    /// <remarks>They are read in the order of the array: those of a pool count on it.</remarks>
    public static long Minimum(Sequence[] sequences, long bound)
    {
        long minimum = bound;
        foreach (Sequence sequence in sequences)
        {
            // FREE acquire: the handlers are done with every slot up to here; pairs with Sequence.Set.
            // POOL acquire: what a pool has taken, before the positions of its workers; pairs with WorkProcessor.TryTake.
            long value = sequence.Value;
            if (value < minimum)
                minimum = value;
        }

        return minimum;
    }

    /// <summary>Adds sequences at the position that producers have reached once none can miss them any more.</summary>
    /// <remarks>
    /// They gate from the old position first, and only move up to the cursor once they are in the set. A producer that
    /// looked at the set too early to see them had read its cursor before (its fence lies between the two), so the cursor
    /// read here is at least that one, and nothing that the new consumer will read can be overwritten on the strength of
    /// that look.
    /// </remarks>
    /// <param name="added">The positions of the consumers, which do not run yet.</param>
    /// <param name="position">Says where a consumer that joins now begins: behind the cursor.</param>
    public void Add(Sequence[] added, Func<long> position)
    {
        MoveTo(position(), added);
        Exchange(current => [.. current, .. added]);
        // JOIN fence: membership before the cursor's position; pairs with Sequencer.LookAtConsumers.
        Fence.Full();
        MoveTo(position(), added);
    }

    /// <summary>Adds sequences where the slowest of the members is; at the position behind the cursor when there are none.</summary>
    /// <remarks>
    /// Here, too, they gate from an older position first. A producer looks at the set again once it has read the positions, with
    /// a fence between the two. One that has missed the new members both times has read positions that are read again here, so
    /// it knows of nothing further than where the new ones begin.
    /// </remarks>
    /// <param name="added">The positions of the consumers, which do not run yet.</param>
    /// <param name="position">Says where a consumer that joins now begins: behind the cursor.</param>
    public void AddAtOldest(Sequence[] added, Func<long> position)
    {
        MoveTo(Minimum(Snapshot, position()), added);
        Sequence[] before = Exchange(current => [.. current, .. added]);
        // JOIN fence: membership before the positions of the others; pairs with Sequencer.LookAtConsumers.
        Fence.Full();
        MoveTo(before.Length == 0 ? position() : Minimum(before, long.MaxValue), added);
    }

    /// <summary>
    /// Puts <paramref name="added"/> in the place of those of <paramref name="removed"/> that are members, in one step: at
    /// no moment does neither gate.
    /// </summary>
    public void Replace(Sequence[] removed, Sequence[] added) =>
        Exchange(current => [.. current.Where(member => !removed.Contains(member)), .. added]);

    /// <summary>Removes every occurrence of the sequences in one step, and says whether there was one.</summary>
    public bool Remove(params Sequence[] removed)
    {
        Sequence[] before = Exchange(current => Array.FindAll(current, member => !removed.Contains(member)));
        return Array.Exists(before, removed.Contains);
    }

    private static void MoveTo(long position, Sequence[] sequences)
    {
        foreach (Sequence sequence in sequences)
            sequence.BeginAt(position);
    }

    /// <summary>Replaces the set by what <paramref name="update"/> makes of it, and returns the set before.</summary>
    private Sequence[] Exchange(Func<Sequence[], Sequence[]> update)
    {
        while (true)
        {
            // GATES acquire: the members so far; pairs with GatingSequences.Exchange.
            Sequence[] current = _set.ReadAcquire();
            // GATES rmw: the new array's elements, before the array; pairs with GatingSequences.Snapshot.
            if (_set.CompareExchange(current, update(current)))
                return current;
        }
    }
}
