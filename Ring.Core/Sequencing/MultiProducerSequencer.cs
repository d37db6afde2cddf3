using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// Claims and publishes for any number of producers: a compare-and-swap on the cursor claims, a stamp in each slot
/// publishes.
/// </summary>
/// <remarks>
/// Algorithm: LMAX Disruptor 3's MultiProducerSequencer. Room is checked before the claim, so a producer that gives up
/// leaves no hole. Consumers look at the stamps alone, never at the cursor that all producers write. A closed ring has a bit
/// in its cursor, so that closing and claiming are decided by the same compare-and-swap: no claim succeeds after
/// <see cref="Sequencer.Close"/> has returned.
/// Thread safety: every member may be called by every thread.
/// </remarks>
internal sealed class MultiProducerSequencer : Sequencer
{
    /// <summary>Beyond every sequence: a claim that starts here is further ahead than any consumer can be.</summary>
    private const long ClosedBit = 1L << 62;

    /// <summary>What an attempt to claim says when it was a competing claim that made it fail.</summary>
    private const long NotFull = long.MinValue;

    private readonly LapStamps _published;

    /// <summary>The highest claimed sequence, with <see cref="ClosedBit"/> when closed.</summary>
    private PaddedLong _cursor = new(Sequence.Initial);

    /// <summary>
    /// How far the consumers were when a producer last looked: at most how far they are. It never falls, and everything up
    /// to it is published, so that no slot ever belongs to two producers.
    /// </summary>
    private PaddedLong _gate = new(Sequence.Initial);

    /// <summary>
    /// The highest position at which a consumer has joined. Up to there, a consumer's position does not show that all is
    /// published: it has skipped what was claimed when it came.
    /// </summary>
    private PaddedLong _joined = new(Sequence.Initial);

    public MultiProducerSequencer(int bufferSize, IWaitStrategy waitStrategy)
        : base(bufferSize, waitStrategy) => _published = new LapStamps(bufferSize);

    public override long Cursor
    {
        get
        {
            // CLAIM acquire: the claims so far; pairs with MultiProducerSequencer.TryClaim.
            long cursor = _cursor.ReadAcquire();
            return IsMarkedClosed(cursor) ? cursor - ClosedBit : cursor;
        }
    }

    // CLOSE acquire: the cause; pairs with MultiProducerSequencer.RefuseClaims.
    public override bool IsClosed => IsMarkedClosed(_cursor.ReadAcquire());

    public override long Claimed => Cursor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        CheckCount(n);
        long next;
        while (!TryClaim(n, out next, out long wrapPoint))
        {
            if (wrapPoint != NotFull)
                _ = WaitUntilFreed(wrapPoint, Patience.Endless);
        }

        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long hi)
    {
        CheckCount(n);
        while (!TryClaim(n, out hi, out long wrapPoint))
        {
            if (wrapPoint != NotFull && (IsClosed || Refresh(wrapPoint) != Room.Free))
                return false;
        }

        return true;
    }

    public override bool HasAvailableCapacity(int n)
    {
        CheckCount(n);
        return !IsClosed && Refresh(Cursor + n - BufferSize) == Room.Free;
    }

    public override void Publish(long lo, long hi)
    {
        CheckOpen(lo, hi);
        // The lowest last: who sees its stamp sees the others', so nobody is given half of the range.
        for (long sequence = hi; sequence >= lo; sequence--)
        {
            // PUB2 release: the event, before the stamp that shows it; pairs with MultiProducerSequencer.HighestPublishedFrom.
            _published.Mark(sequence);
        }

        SignalPublished();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        CheckOpen(sequence, sequence);
        // PUB2 release: the event, before the stamp that shows it; pairs with MultiProducerSequencer.HighestPublishedFrom.
        _published.Mark(sequence);
        SignalPublished();
    }

    public override bool IsAvailable(long sequence)
    {
        // A slot that was claimed again still bears the stamp of the lap before, and its event may be half overwritten; and
        // far ahead of the cursor, the number of a lap comes round.
        long claimed = Cursor;
        return sequence >= 0 && sequence <= claimed && sequence > claimed - BufferSize && _published.IsMarked(sequence);
    }

    public override long HighestPublishedFrom(long sequence)
    {
        // A caller that gates the ring never finds more than its size; one that does not must come to an end all the same.
        long end = sequence + BufferSize;
        long next = sequence;
        // PUB2 acquire: the events of the stamps seen; pairs with MultiProducerSequencer.Publish.
        // Since: a worker that waits gates nobody, so another one may have handled the event, and its slot be published again.
        while (next < end && _published.IsMarkedSince(next))
            next++;
        return next - 1;
    }

    protected override bool TryClaim(int n, Patience patience, out long hi)
    {
        while (!TryClaim(n, out hi, out long wrapPoint))
        {
            if (wrapPoint != NotFull && !WaitUntilFreed(wrapPoint, patience))
                return false;
        }

        return true;
    }

    protected override void SkipTo(long sequence)
    {
        _published.StartBehind(sequence);
        // FREE-CACHE rmw: the stamps, before a producer looks beyond them; pairs with MultiProducerSequencer.TryClaim.
        _gate.RaiseTo(sequence);
        // CLAIM rmw: as if all were claimed; pairs with MultiProducerSequencer.Cursor.
        _cursor.RaiseTo(sequence);
    }

    protected override void RefuseClaims()
    {
        long cursor;
        do
        {
            // CLOSE acquire: the claims so far; pairs with MultiProducerSequencer.TryClaim.
            cursor = _cursor.ReadAcquire();
            if (IsMarkedClosed(cursor))
                return;
        }
        // CLOSE rmw: the cause, before claims fail, and no claim after it; pairs with MultiProducerSequencer.IsClosed.
        while (!_cursor.CompareExchange(cursor, cursor + ClosedBit));
    }

    protected override Room Refresh(long wrapPoint)
    {
        bool isGated = LookAtConsumers(bound: Cursor, out long handled);
        // FREE-CACHE acquire: nothing beyond it was claimed again, so the stamps beyond it tell; pairs with MultiProducerSequencer.Refresh.
        long gate = _gate.ReadAcquire();
        // JOIN acquire: whoever sees a newcomer's position sees here that it skipped; pairs with MultiProducerSequencer.JoinPosition.
        bool skipped = !isGated || gate < _joined.ReadAcquire();
        long done = skipped ? Math.Min(handled, HighestPublishedFrom(gate + 1)) : handled;
        // FREE-CACHE rmw: passes on that the handlers are done with these slots; pairs with MultiProducerSequencer.TryClaim.
        if (wrapPoint <= _gate.RaiseTo(done))
            return Room.Free;
        return wrapPoint <= handled ? Room.HeldByClaims : Room.HeldByConsumers;
    }

    protected override bool IsPublished(long sequence) => _published.IsMarkedSince(sequence);

    protected override long JoinPosition()
    {
        long position = Cursor;
        // JOIN rmw: before the newcomer's position that it explains; pairs with MultiProducerSequencer.Refresh.
        _joined.RaiseTo(position);
        return position;
    }

    /// <summary>One attempt; when it fails, <paramref name="wrapPoint"/> is what must have been handled first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaim(int n, out long next, out long wrapPoint)
    {
        // CLAIM acquire: the last claim; pairs with MultiProducerSequencer.TryClaim.
        long cursor = _cursor.ReadAcquire();
        next = cursor + n;
        wrapPoint = next - BufferSize;
        // FREE-CACHE acquire: the handlers are done with the slot, on another producer's word; pairs with MultiProducerSequencer.Refresh.
        if (wrapPoint > _gate.ReadAcquire())
            return false;
        wrapPoint = NotFull;
        // CLAIM rmw: one producer gets each sequence; pairs with MultiProducerSequencer.Cursor.
        return _cursor.CompareExchange(cursor, next);
    }

    /// <summary>
    /// Only in a debug build: the cursor and the stamps are other threads' cache lines, which a publication must not wait for.
    /// </summary>
    [Conditional("DEBUG")]
    private void CheckOpen(long lo, long hi)
    {
        for (long sequence = lo; sequence <= hi; sequence++)
            ThrowUnlessOpen(sequence);
    }

    /// <exception cref="ArgumentOutOfRangeException">The sequence is not claimed, or published already.</exception>
    private void ThrowUnlessOpen(long sequence)
    {
        if (sequence < 0 || sequence > Cursor || _published.IsMarkedSince(sequence))
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Must be claimed and not yet published; claimed is up to {Cursor}.");
    }

    private static bool IsMarkedClosed(long cursor) => cursor >= ClosedBit - 1;
}
