namespace Ring.Core;

/// <summary>
/// The positions that a producer may not overtake by more than the size of the ring: a copy-on-write set that can change
/// while producers and consumers run.
/// </summary>
/// <remarks>Thread safety: every member may be called by every thread.</remarks>
internal sealed class GatingSequences
{
    /// <summary>Held by whoever changes the set; producers look at it without.</summary>
    private readonly Turn _changes = new();

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

    /// <summary>The least of the positions that never fall, or <paramref name="bound"/> when that is less or when there are none.</summary>
    /// <remarks>Of a pool, what it has taken: the position of a worker falls for a moment when it tries to take an event in vain.</remarks>
    public static long MinimumOfRising(Sequence[] sequences, long bound)
    {
        long minimum = bound;
        foreach (Sequence sequence in sequences)
        {
            // FREE acquire: the handlers are done with every slot up to here; pairs with Sequence.Set.
            if (sequence.IsFirstOfGroup)
                minimum = Math.Min(minimum, sequence.Value);
        }

        return minimum;
    }

    /// <summary>Adds sequences where they are to begin, once no producer can miss them any more.</summary>
    /// <remarks>
    /// <para>
    /// They gate from an older position first, and move once they are in the set. At the latest: a producer that looked at the
    /// set too early to see them had read its cursor before (its fence lies between the two), so the cursor read here is at
    /// least that one, and nothing that the new consumer will read can be overwritten on the strength of that look.
    /// </para>
    /// <para>
    /// At the oldest: that producer has read the positions before its fence, too. They are read again here, so it knows of nothing
    /// further than where the new ones begin. The others cannot leave in between, because changes take turns.
    /// </para>
    /// </remarks>
    /// <param name="added">The positions of the consumers, which do not run yet.</param>
    /// <param name="position">Says where they begin: asked for once before they are members, and once after, of those who were before.</param>
    public void Add(Sequence[] added, Func<Sequence[], long> position)
    {
        using Turn.Held turn = _changes.Take();
        Sequence[] before = Snapshot;
        MoveTo(position(before), added);
        Exchange(before, [.. before.Union(added)]);
        // JOIN fence: membership, before the position where they begin; pairs with Sequencer.LookAtConsumers.
        Fence.Full();
        MoveTo(position(before), added);
    }

    /// <summary>
    /// Puts <paramref name="added"/>, unless they are members, in the place of those of <paramref name="removed"/> that are, in
    /// one step: at no moment does neither gate.
    /// </summary>
    public void Replace(Sequence[] removed, Sequence[] added)
    {
        using Turn.Held turn = _changes.Take();
        Sequence[] before = Snapshot;
        Exchange(before, [.. before.Except(removed).Union(added)]);
    }

    /// <summary>Removes the sequences in one step, and says whether there was one.</summary>
    public bool Remove(params Sequence[] removed)
    {
        using Turn.Held turn = _changes.Take();
        Sequence[] before = Snapshot;
        Exchange(before, [.. before.Where(member => !removed.Contains(member))]);
        return Array.Exists(before, removed.Contains);
    }

    private static void MoveTo(long position, Sequence[] sequences)
    {
        foreach (Sequence sequence in sequences)
            sequence.BeginAt(position);
    }

    // GATES rmw: the new array's elements, before the array; pairs with GatingSequences.Snapshot.
    private void Exchange(Sequence[] before, Sequence[] after) => _ = _set.CompareExchange(before, after);
}
