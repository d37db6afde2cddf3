using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// Who may write where: hands out sequences to producers, never more than the ring's size ahead of the slowest consumer, and
/// shows consumers what is published.
/// </summary>
/// <remarks>
/// What single and multi producers share: the gating sequences, waiting in front of a full ring, closing, abandoned claims,
/// and waking consumers. Thread safety: every member may be called by every thread, except those that claim and publish,
/// which a single-producer sequencer allows to one thread at a time.
/// </remarks>
internal abstract partial class Sequencer : IPublishedSequences
{
    /// <summary>Where a ring may begin: far below what marks it as closed.</summary>
    private const long HighestStart = 1L << 61;

    private readonly IWaitStrategy _waitStrategy;
    private readonly bool _wakesConsumers;
    private readonly GatingSequences _gating = new();

    /// <summary>Those that gate through others, which have taken their place.</summary>
    private readonly GatingSequences _followed = new();

    private readonly ParkingSpot _freed = new();
    private readonly Action _signalFreed;
    private AtomicReference<Exception?> _closeCause;
    private AtomicReference<SkipMarks?> _abandoned;

    protected Sequencer(int bufferSize, IWaitStrategy waitStrategy)
    {
        PowerOfTwo.Check(bufferSize, nameof(bufferSize));
        BufferSize = bufferSize;
        _waitStrategy = waitStrategy ?? throw new ArgumentNullException(nameof(waitStrategy));
        _wakesConsumers = waitStrategy.IsBlocking;
        _signalFreed = _freed.Signal;
    }

    /// <summary>Slots in the ring.</summary>
    public int BufferSize { get; }

    /// <summary>Up to where the ring is published (single producer) or claimed (multi producer).</summary>
    public abstract long Cursor { get; }

    /// <summary>Whether claims are refused.</summary>
    public abstract bool IsClosed { get; }

    /// <summary>Why the ring was closed, when it was for a cause.</summary>
    // CLOSE acquire: the cause is complete; pairs with Sequencer.Close.
    public Exception? CloseCause => _closeCause.ReadAcquire();

    /// <summary>The marks of abandoned claims; null as long as there never was one.</summary>
    // SKIP acquire: the array of marks; pairs with Sequencer.Abandon.
    public SkipMarks? Abandoned => _abandoned.ReadAcquire();

    /// <summary>How far the slowest gating consumer has come; the cursor when there is none.</summary>
    public long MinimumGatingSequence => GatingSequences.Minimum(_gating.Snapshot, Cursor);

    /// <summary>Free slots, from 0 to the size; the size when nobody gates. Stale when it returns.</summary>
    public long RemainingCapacity
    {
        get
        {
            Sequence[] gating = _gating.Snapshot;
            if (gating.Length == 0)
                return BufferSize;
            // The consumers first: claims only grow, so what is in use is never taken for less than nothing.
            long handled = GatingSequences.Minimum(gating, long.MaxValue);
            long claimed = Claimed;
            long inUse = claimed - Math.Min(claimed, Math.Max(handled, claimed - BufferSize));
            return BufferSize - inUse;
        }
    }

    /// <summary>The highest sequence that is claimed; with a single producer, also while its claim still waits for room.</summary>
    public abstract long Claimed { get; }

    /// <summary>The gating sequences at this moment.</summary>
    protected Sequence[] Gating => _gating.Snapshot;

    /// <summary>Whether <paramref name="n"/> slots could be claimed now. Changes nothing that anyone can see.</summary>
    public abstract bool HasAvailableCapacity(int n);

    /// <summary>Whether a sequence is published and its event not yet overwritten.</summary>
    public abstract bool IsAvailable(long sequence);

    /// <inheritdoc/>
    public abstract long HighestPublishedFrom(long sequence);

    /// <summary>Claims as soon as there is room for all <paramref name="n"/>.</summary>
    /// <returns>False when there was none in time: nothing is claimed.</returns>
    public bool TryNext(int n, Patience patience, out long hi)
    {
        CheckCount(n);
        patience.ThrowIfCancelled();
        return TryClaim(n, patience, out hi);
    }

    /// <summary>Makes a ring that nobody uses begin behind <paramref name="sequence"/>.</summary>
    public void StartBehind(long sequence)
    {
        if (sequence is < 0 or > HighestStart)
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Must be from 0 to {HighestStart}.");
        if (IsClosed)
            throw RingClosedException.For(CloseCause);
        if (Claimed != Sequence.Initial || Gating.Length != 0)
            throw new InvalidOperationException($"The ring is in use: it has {Gating.Length} gating sequences and has claimed up to {Claimed}.");
        SkipTo(sequence);
    }

    /// <summary>A barrier over these consumers, or over what is published when there are none.</summary>
    public SequenceBarrier NewBarrier(Sequence[] dependencies) => new(this, _waitStrategy, Sequence.WithGroups(dependencies));

    /// <summary>
    /// Gates by these sequences from now on; they are moved to where they are to begin, and not before where those began that
    /// they come after.
    /// </summary>
    public void AddGatingSequences(StartPosition start, Sequence[] dependencies, Sequence[] sequences)
    {
        Sequence[] added = Sequence.WithGroups(sequences);
        long earliest = dependencies.Aggregate(Sequence.Initial, (latest, dependency) => Math.Max(latest, dependency.Start));
        Listen(added);
        _gating.Add(added, start == StartPosition.Latest
            ? _ => JoinPosition()
            : others => Math.Max(earliest, OldestPosition(others)));
    }

    /// <summary>Gates by <paramref name="added"/>, where they stand, instead of <paramref name="removed"/>.</summary>
    public void ReplaceGatingSequences(Sequence[] removed, Sequence[] added)
    {
        added = Sequence.WithGroups(added);
        removed = Sequence.WithGroups(removed);
        Listen(added);
        _followed.Replace([], removed);
        _gating.Replace(removed, added);
        ListenNoMore(removed);
    }

    /// <summary>Gates no more by those that leave, but by those before them, where they stand, unless these gate already.</summary>
    public void ReturnGatingTo(Sequence[] upstream, Sequence[] leaving)
    {
        Listen(upstream);
        _gating.Replace(leaving, upstream);
        _ = _followed.Remove(upstream);
        ListenNoMore(leaving);
    }

    /// <summary>Gates no more by this one; says whether it did before.</summary>
    public bool RemoveGatingSequence(Sequence sequence)
    {
        Sequence[] sequences = Sequence.WithGroups([sequence]);
        bool removed = _gating.Remove(sequences);
        ListenNoMore(sequences);
        return removed;
    }

    /// <summary>Refuses claims from now on, and wakes the producers that wait. The first cause stays.</summary>
    public void Close(Exception? cause)
    {
        // CLOSE rmw: the cause, before the closed state that leads to it; pairs with Sequencer.CloseCause.
        if (cause is not null)
            _ = _closeCause.CompareExchange(null, cause);
        RefuseClaims();
        _freed.Signal();
    }

    /// <summary>Publishes claimed sequences, all of them.</summary>
    public abstract void Publish(long lo, long hi);

    /// <summary>Publishes claimed sequences as those that no consumer shall handle, all at once.</summary>
    /// <remarks>Does nothing when they were published before: a copy of a scope may be committed, and the original disposed of.</remarks>
    public void Abandon(long lo, long hi)
    {
        if (IsPublished(hi))
            return;
        SkipMarks marks = Abandoned ?? CreateMarks();
        for (long sequence = lo; sequence <= hi; sequence++)
            marks.Add(sequence);
        Publish(lo, hi);
    }

    /// <summary>Whether nothing from a sequence on will ever be published: the ring is closed, and it was not claimed.</summary>
    public bool IsDrainedBefore(long sequence)
    {
        if (!IsClosed)
            return false;
        // CLOSE fence: the closed state, before the look at what is claimed; pairs with SingleProducerSequencer.Claim.
        Fence.Heavy();
        return Claimed < sequence;
    }

    /// <summary>Claims as soon as there is room.</summary>
    /// <returns>False when there was none in time: nothing is claimed.</returns>
    protected abstract bool TryClaim(int n, Patience patience, out long hi);

    /// <summary>Makes everything up to <paramref name="sequence"/> count as published and handled long ago.</summary>
    protected abstract void SkipTo(long sequence);

    /// <summary>Makes claims fail from now on: one that <see cref="Claimed"/> does not show afterwards is refused.</summary>
    protected abstract void RefuseClaims();

    /// <summary>Whether a sequence that was claimed has been published since, however long ago.</summary>
    protected abstract bool IsPublished(long sequence);

    /// <summary>Where a consumer that joins now begins: behind the cursor.</summary>
    protected virtual long JoinPosition() => Cursor;

    /// <summary>Wakes the consumers that sleep until something is published.</summary>
    protected void SignalPublished()
    {
        if (_wakesConsumers)
            _waitStrategy.SignalAllWhenBlocking();
    }

    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to the ring's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void CheckCount(int n)
    {
        // One is always right, and where it is a constant nothing is left of this.
        if (n != 1 && (uint)(n - 1) >= (uint)BufferSize)
            ThrowBadCount(n);
    }

    /// <summary>Where the slowest of them stands; behind the cursor when there is none that holds anybody up.</summary>
    private long OldestPosition(Sequence[] others)
    {
        long least = GatingSequences.MinimumOfRising(others, Sequence.Nowhere);
        return least == Sequence.Nowhere ? JoinPosition() : least;
    }

    private void ThrowBadCount(int n) =>
        throw new ArgumentOutOfRangeException(nameof(n), n, $"Must be from 1 to the ring's size, {BufferSize}.");

    private void Listen(Sequence[] sequences)
    {
        foreach (Sequence sequence in sequences)
            sequence.AddListener(_signalFreed);
    }

    /// <summary>For those that gate no more; wakes whoever waits for them.</summary>
    private void ListenNoMore(Sequence[] sequences)
    {
        foreach (Sequence sequence in sequences)
            sequence.RemoveListener(_signalFreed);
        _freed.Signal();
    }

    private SkipMarks CreateMarks()
    {
        // SKIP rmw: the array's stamps, before the array; pairs with Sequencer.Abandoned.
        _ = _abandoned.CompareExchange(null, new SkipMarks(BufferSize));
        return Abandoned!;
    }
}
