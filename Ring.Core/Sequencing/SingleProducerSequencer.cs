using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>Claims and publishes for one producer: claims are the producer's own arithmetic, and one store publishes.</summary>
/// <remarks>
/// Algorithm: LMAX Disruptor's SingleProducerSequencer, with one difference: a claim never writes the cursor, which would
/// show consumers what is claimed and not yet published (docs/from-lmax.md). The order that LMAX takes from that store is a
/// fence of its own here, row JOIN of docs/memory-ordering.md.
/// Thread safety: one thread at a time may claim, ask for capacity and publish, and must do so in ascending order; every
/// thread may call the rest.
/// </remarks>
internal sealed class SingleProducerSequencer : Sequencer
{
    /// <summary>Below every claim.</summary>
    private const long ClosedLimit = long.MinValue;

    /// <summary>The highest published sequence.</summary>
    private PaddedLong _cursor = new(Sequence.Initial);

    private PaddedClaim _claim;

    /// <summary>For all who ask, so that they leave the producer's cache line alone.</summary>
    private AtomicFlag _isClosed;

    /// <summary>The position behind which the ring begins.</summary>
    private AtomicLong _start = new(Sequence.Initial);

    /// <summary>Whether a claim is in its slow path, which two at once must not be.</summary>
    private AtomicFlag _isLooking;

    public SingleProducerSequencer(int bufferSize, IWaitStrategy waitStrategy)
        : base(bufferSize, waitStrategy) => _claim = new PaddedClaim(Sequence.Initial, limit: Sequence.Initial + bufferSize);

    // PUB1 acquire: the events up to it; pairs with SingleProducerSequencer.Publish.
    public override long Cursor => _cursor.ReadAcquire();

    // CLOSE acquire: the cause, and the limit that refuses claims; pairs with SingleProducerSequencer.RefuseClaims.
    public override bool IsClosed => _isClosed.ReadAcquire();

    // CLAIMED acquire: the number itself; pairs with SingleProducerSequencer.Next.
    public override long Claimed => _claim.Claimed.ReadAcquire();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long claimed = _claim.Claimed.ReadPlain();
        long hi = claimed + n;
        if (!Claim(hi))
            _ = WaitOrTakeBack(claimed, hi, Patience.Endless);
        return hi;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long hi)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long claimed = _claim.Claimed.ReadPlain();
        hi = claimed + n;
        return Claim(hi) || IsFreedOrTakeBack(claimed, hi);
    }

    public override bool HasAvailableCapacity(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long hi = _claim.Claimed.ReadPlain() + n;
        // CLOSE acquire: the limit of a closed ring lies below every claim; pairs with SingleProducerSequencer.RefuseClaims.
        return hi <= _claim.Limit.ReadAcquire() || (!IsClosed && Refresh(hi - BufferSize) == Room.Free);
    }

    /// <exception cref="InvalidOperationException">The producer has claimed and not yet published.</exception>
    public void ThrowIfClaimIsOpen()
    {
        // plain: only the producer writes its claims.
        if (_claim.Claimed.ReadPlain() != Cursor)
            throw new InvalidOperationException("A claim is open: a single producer publishes in order, so it ends one scope before it begins the next.");
    }

    public override void Publish(long lo, long hi) => Publish(hi);

    /// <remarks>
    /// Whoever publishes what was claimed last need not look at the cursor, which the consumers may have taken away: the store that
    /// follows does not wait for the line to come back, but a load would. So only debug builds tell that it was published before.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is not claimed, or published already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long hi)
    {
        // plain: only the producer writes its claims.
        if (hi != _claim.Claimed.ReadPlain())
            ThrowUnlessOpen(hi);
        CheckOpen(hi);
        // PUB1 release: the events, before the cursor that shows them; pairs with SingleProducerSequencer.Cursor.
        _cursor.WriteRelease(hi);
        SignalPublished();
    }

    public override bool IsAvailable(long sequence)
    {
        // A claim that waits for room shows in what is claimed, but overwrites nothing that the consumers have not handled. Of
        // those, only who never falls: what was claimed again once stays so.
        // CLAIMED acquire: the number itself; pairs with SingleProducerSequencer.SkipTo.
        return sequence > _start.ReadAcquire()
            && sequence <= Cursor
            && sequence > GatingSequences.MinimumOfRising(Gating, Claimed - BufferSize);
    }

    public override long HighestPublishedFrom(long sequence) => Cursor;

    protected override bool TryClaim(int n, Patience patience, out long hi)
    {
        // plain: only the producer writes its claims.
        long claimed = _claim.Claimed.ReadPlain();
        hi = claimed + n;
        return Claim(hi) || WaitOrTakeBack(claimed, hi, patience);
    }

    protected override void SkipTo(long sequence)
    {
        MoveLimit(sequence);
        // CLAIMED release: no event lies up to here; pairs with SingleProducerSequencer.IsAvailable.
        _start.WriteRelease(sequence);
        // CLAIMED release: as if all were claimed; pairs with SingleProducerSequencer.Claimed.
        _claim.Claimed.WriteRelease(sequence);
        // PUB1 release: that there is nothing to see; pairs with SingleProducerSequencer.Cursor.
        _cursor.WriteRelease(sequence);
    }

    protected override void RefuseClaims()
    {
        // CLOSE release: from here on, claims ask whether it is closed; pairs with SingleProducerSequencer.Claim.
        _claim.Limit.WriteRelease(ClosedLimit);
        // CLOSE release: the cause, and the limit, before anyone learns of it; pairs with SingleProducerSequencer.IsClosed.
        _isClosed.WriteRelease(true);
        // CLOSE fence: limit and flag, before the caller's look at what is claimed; pairs with SingleProducerSequencer.Claim.
        Fence.Heavy();
    }

    protected override bool IsPublished(long sequence) => sequence <= Cursor;

    protected override Room Refresh(long wrapPoint)
    {
        // Nobody to wait for. The limit stays: whoever joins later is protected from the position that it finds.
        if (!LookAtConsumers(bound: long.MaxValue, out long handled))
            return Room.Free;

        // Not beyond what is published: a consumer may join there, and the limit must not let the producer pass it.
        MoveLimit(Math.Min(handled, Cursor));
        return wrapPoint <= handled ? Room.Free : Room.HeldByConsumers;
    }

    /// <summary>Lets claims come within a lap of <paramref name="handled"/>, unless the ring is closed.</summary>
    private void MoveLimit(long handled)
    {
        // CLOSE acquire: the limit of a closed ring, which stays; pairs with SingleProducerSequencer.RefuseClaims.
        long limit = _claim.Limit.ReadAcquire();
        // CLOSE rmw: unless the ring is being closed; pairs with SingleProducerSequencer.RefuseClaims.
        if (limit != ClosedLimit)
            _ = _claim.Limit.CompareExchange(limit, handled + BufferSize);
    }

    /// <summary>Stores a claim, and says whether there is known to be room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Claim(long hi)
    {
        // CLAIMED release: for whoever asks how much is claimed; pairs with SingleProducerSequencer.Claimed.
        _claim.Claimed.WriteRelease(hi);
        // CLOSE fence: the claim, before the look whether claims are refused; pairs with SingleProducerSequencer.RefuseClaims.
        Fence.Light();
        // CLOSE acquire: the limit of a closed ring sends every claim to the slow path; pairs with SingleProducerSequencer.RefuseClaims.
        return hi <= _claim.Limit.ReadAcquire();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WaitOrTakeBack(long claimed, long hi, Patience patience)
    {
        BeginLook(claimed);
        bool freed = false;
        try
        {
            freed = WaitUntilFreed(hi - BufferSize, patience);
            return freed;
        }
        finally
        {
            EndLook(claimed, freed);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFreedOrTakeBack(long claimed, long hi)
    {
        BeginLook(claimed);
        bool freed = !IsClosed && Refresh(hi - BufferSize) == Room.Free;
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
    private void TakeBack(long claimed) => _claim.Claimed.WriteRelease(claimed);

    [Conditional("DEBUG")]
    private void CheckOpen(long sequence) => ThrowUnlessOpen(sequence);

    /// <exception cref="ArgumentOutOfRangeException">The sequence is not claimed, or published already.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowUnlessOpen(long sequence)
    {
        long published = Cursor;
        long claimed = Claimed;
        if (sequence <= published || sequence > claimed)
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Must be claimed and not yet published: from {published + 1} to {claimed}.");
    }
}
