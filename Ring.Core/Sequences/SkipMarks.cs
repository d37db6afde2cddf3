namespace Ring.Core;

/// <summary>The sequences of the last lap that are to be passed by: claims that were given up, or events that a stage has skipped.</summary>
/// <remarks>
/// A slot's mark is the sequence that was marked there last. It is the whole sequence, not its lap in 32 bits as in
/// <see cref="LapStamps"/>: laps without a mark leave the old one standing, and 2^32 laps of a small ring take minutes.
/// Thread safety: every member may be called by every thread.
/// </remarks>
internal sealed class SkipMarks
{
    private readonly AtomicLong[] _marks;
    private readonly int _mask;

    public SkipMarks(int size)
    {
        _mask = size - 1;
        _marks = new AtomicLong[size];
        for (int i = 0; i < size; i++)
            _marks[i] = new AtomicLong(Sequence.Initial);
    }

    /// <summary>Whether a sequence that the barrier has let through was marked.</summary>
    // SKIP acquire: only marks made before the barrier could let it through count; pairs with SkipMarks.Add.
    public bool Contains(long sequence) => _marks[(int)sequence & _mask].ReadAcquire() == sequence;

    /// <summary>Marks a sequence. Only whoever claimed it may, before it publishes it, or a stage, before it moves past it.</summary>
    // SKIP release: after whatever was done to the event; pairs with SkipMarks.Contains.
    public void Add(long sequence) => _marks[(int)sequence & _mask].WriteRelease(sequence);
}
