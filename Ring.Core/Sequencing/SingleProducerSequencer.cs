using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>Claims and publishes for one producer: claims are the producer's own arithmetic, and one store publishes.</summary>
/// <remarks>
/// Algorithm: LMAX Disruptor's SingleProducerSequencer, with one difference: a claim never writes the cursor, which would
/// show consumers what is claimed and not yet published (docs/from-lmax.md). The order that LMAX takes from that store is a
/// fence of its own here, row JOIN of docs/memory-ordering.md.
/// Thread safety: one thread at a time may claim and publish, and must do so in ascending order; every thread may call the
/// rest.
/// </remarks>
internal sealed class SingleProducerSequencer : Sequencer
{
    /// <summary>Added to a claim of a closed ring, it looks further ahead than any consumer can be.</summary>
    private const long ClosedLimit = long.MinValue / 2;

    /// <summary>The highest published sequence.</summary>
    private PaddedLong _cursor = new(Sequence.Initial);

    private PaddedClaim _claim = new(Sequence.Initial);

    /// <summary>How far ahead of the consumers a claim may be: the ring's size, or less than nothing once closed.</summary>
    private AtomicLong _limit;

    /// <summary>The position behind which the ring begins.</summary>
    private AtomicLong _start = new(Sequence.Initial);

    /// <summary>Whether a claim is in its slow path, which two at once must not be.</summary>
    private AtomicFlag _isLooking;

    public SingleProducerSequencer(int bufferSize, IWaitStrategy waitStrategy)
        : base(bufferSize, waitStrategy) => _limit = new AtomicLong(bufferSize);

    // PUB1 acquire: the events up to it; pairs with SingleProducerSequencer.Publish.
    public override long Cursor => _cursor.ReadAcquire();

    // CLOSE acquire: the cause; pairs with SingleProducerSequencer.RefuseClaims.
    public override bool IsClosed => _limit.ReadAcquire() == ClosedLimit;

    // CLAIMED acquire: the number itself; pairs with SingleProducerSequencer.Next.
    public override long Claimed => _claim.ReadNextAcquire();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long claimed = _claim.ReadNextPlain();
        long wrapPoint = Claim(claimed + n);
        if (wrapPoint > _claim.Gate)
            _ = WaitOrTakeBack(claimed, wrapPoint, Patience.Endless);
        return claimed + n;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long hi)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long claimed = _claim.ReadNextPlain();
        hi = claimed + n;
        long wrapPoint = Claim(hi);
        return wrapPoint <= _claim.Gate || IsFreedOrTakeBack(claimed, wrapPoint);
    }

    public override bool HasAvailableCapacity(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long wrapPoint = _claim.ReadNextPlain() + n - BufferSize;
        return !IsClosed && (wrapPoint <= _claim.Gate || Refresh(wrapPoint) == Room.Free);
    }

    /// <exception cref="InvalidOperationException">The producer has claimed and not yet published.</exception>
    public void ThrowIfClaimIsOpen()
    {
        // plain: only the producer writes its claims.
        if (_claim.ReadNextPlain() != Cursor)
            throw new InvalidOperationException("A claim is open: a single producer publishes in order, so it ends one scope before it begins the next.");
    }

    public override void Publish(long lo, long hi) => Publish(hi);

    /// <exception cref="ArgumentOutOfRangeException">The sequence is not claimed, or published already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long hi)
    {
        // plain: only the producer writes the cursor.
        long published = _cursor.ReadPlain();
        // plain: only the producer writes its claims.
        if ((ulong)(hi - published - 1) >= (ulong)(_claim.ReadNextPlain() - published))
            ThrowNotOpen(hi);
        // PUB1 release: the events, before the cursor that shows them; pairs with SingleProducerSequencer.Cursor.
        _cursor.WriteRelease(hi);
        SignalPublished();
    }

    public override bool IsAvailable(long sequence)
    {
        // A claim that waits for room shows in what is claimed, but overwrites nothing that the consumers have not handled.
        // CLAIMED acquire: the number itself; pairs with SingleProducerSequencer.SkipTo.
        return sequence > _start.ReadAcquire()
            && sequence <= Cursor
            && sequence > GatingSequences.Minimum(Gating, Claimed - BufferSize);
    }

    public override long HighestPublishedFrom(long sequence) => Cursor;

    protected override bool TryClaim(int n, Patience patience, out long hi)
    {
        // plain: only the producer writes its claims.
        long claimed = _claim.ReadNextPlain();
        hi = claimed + n;
        long wrapPoint = Claim(hi);
        return wrapPoint <= _claim.Gate || WaitOrTakeBack(claimed, wrapPoint, patience);
    }

    protected override void SkipTo(long sequence)
    {
        _claim.Gate = sequence;
        // CLAIMED release: no event lies up to here; pairs with SingleProducerSequencer.IsAvailable.
        _start.WriteRelease(sequence);
        // CLAIMED release: as if all were claimed; pairs with SingleProducerSequencer.Claimed.
        _claim.WriteNextRelease(sequence);
        // PUB1 release: that there is nothing to see; pairs with SingleProducerSequencer.Cursor.
        _cursor.WriteRelease(sequence);
    }

    protected override void RefuseClaims()
    {
        // CLOSE release: the cause, before claims fail; pairs with SingleProducerSequencer.IsClosed.
        _limit.WriteRelease(ClosedLimit);
        // CLOSE fence: the limit, before the caller's look at what is claimed; pairs with SingleProducerSequencer.Claim.
        Fence.Heavy();
    }

    protected override bool IsPublished(long sequence) => sequence <= Cursor;

    protected override Room Refresh(long wrapPoint)
    {
        // Nobody to wait for. The cache stays: whoever joins later is protected from the position that it finds.
        if (!LookAtConsumers(bound: long.MaxValue, out long handled))
            return Room.Free;

        // Not beyond what is published: a consumer may join there, and the cache must not let the producer pass it.
        _claim.Gate = Math.Min(handled, Cursor);
        return wrapPoint <= handled ? Room.Free : Room.HeldByConsumers;
    }

    /// <summary>Stores a claim, and returns what must have been handled before it may be used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Claim(long next)
    {
        // CLAIMED release: for whoever asks how much is claimed; pairs with SingleProducerSequencer.Claimed.
        _claim.WriteNextRelease(next);
        // CLOSE fence: the claim, before the look whether claims are refused; pairs with SingleProducerSequencer.RefuseClaims.
        Fence.Light();
        // CLOSE acquire: the limit of a closed ring sends every claim to the slow path; pairs with SingleProducerSequencer.RefuseClaims.
        return next - _limit.ReadAcquire();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WaitOrTakeBack(long claimed, long wrapPoint, Patience patience)
    {
        BeginLook(claimed);
        bool freed = false;
        try
        {
            freed = WaitUntilFreed(wrapPoint, patience);
            return freed;
        }
        finally
        {
            EndLook(claimed, freed);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFreedOrTakeBack(long claimed, long wrapPoint)
    {
        BeginLook(claimed);
        bool freed = !IsClosed && Refresh(wrapPoint) == Room.Free;
        EndLook(claimed, freed);
        return freed;
    }

    /// <exception cref="InvalidOperationException">Another thread is claiming.</exception>
    private void BeginLook(long claimed)
    {
        // SOLE acquire: the last claim that came here, perhaps another thread's; pairs with SingleProducerSequencer.EndLook.
        if (_isLooking.ReadAcquire())
        {
            TakeBack(claimed);
            throw new InvalidOperationException("Another thread is claiming, of a ring for a single producer: create it for ProducerType.Multi.");
        }

        // SOLE release: nothing but the flag; pairs with SingleProducerSequencer.BeginLook.
        _isLooking.WriteRelease(true);
    }

    private void EndLook(long claimed, bool freed)
    {
        if (!freed)
            TakeBack(claimed);
        // SOLE release: this claim; pairs with SingleProducerSequencer.BeginLook.
        _isLooking.WriteRelease(false);
    }

    // CLAIMED release: as if the claim had never been; pairs with SingleProducerSequencer.Claimed.
    private void TakeBack(long claimed) => _claim.WriteNextRelease(claimed);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowNotOpen(long sequence) => throw new ArgumentOutOfRangeException(
        nameof(sequence),
        sequence,
        $"Must be claimed and not yet published: from {Cursor + 1} to {Claimed}.");
}
