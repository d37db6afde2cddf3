namespace Ring.Core;

/// <summary>The claims of the last lap that were given up: published for the order's sake, and passed by.</summary>
/// <remarks>
/// A slot's mark is the sequence that was given up there last. It is the whole sequence, not its lap in 32 bits as in
/// <see cref="LapStamps"/>: laps without a mark leave the old one standing, and 2^32 laps of a small ring take minutes.
/// Thread safety: every member may be called by every thread.
/// </remarks>
internal sealed class AbandonedClaims
{
    private readonly AtomicLong[] _marks;
    private readonly int _mask;

    public AbandonedClaims(int size)
    {
        _mask = size - 1;
        _marks = new AtomicLong[size];
        for (int i = 0; i < size; i++)
            _marks[i] = new AtomicLong(Sequence.Initial);
    }

    /// <summary>Whether a sequence that the barrier has let through was given up.</summary>
    // SKIP acquire: only marks made before the publication count; pairs with AbandonedClaims.Add.
    public bool Contains(long sequence) => _marks[(int)sequence & _mask].ReadAcquire() == sequence;

    /// <summary>The last of some sequences that was not given up; less than <paramref name="first"/> when all were.</summary>
    public long LastKept(long first, long last)
    {
        while (last >= first && Contains(last))
            last--;
        return last;
    }

    /// <summary>Marks a sequence. Only the thread that claimed it may, before it publishes it.</summary>
    // SKIP release: after whatever the claimant did to the event; pairs with AbandonedClaims.Contains.
    public void Add(long sequence) => _marks[(int)sequence & _mask].WriteRelease(sequence);
}
