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
            WaitOrTakeBack(claimed, wrapPoint);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long hi)
    {
        // PUB1 release: the events, before the cursor that shows them; pairs with SingleProducerSequencer.Cursor.
        _cursor.WriteRelease(hi);
        SignalPublished();
    }

    public override bool IsAvailable(long sequence)
    {
        long published = Cursor;
        return sequence >= 0 && sequence <= published && sequence > published - BufferSize;
    }

    public override long HighestPublishedFrom(long sequence) => Cursor;

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
        // JOIN fence: what this producer has published before its look at the set; pairs with GatingSequences.Add.
        Fence.Full();
        Sequence[] gating = Gating;
        // Nobody to wait for. The cache stays: whoever joins later is protected from the position that it finds.
        if (gating.Length == 0)
            return Room.Free;

        long handled = GatingSequences.Minimum(gating, long.MaxValue);
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
    private void WaitOrTakeBack(long claimed, long wrapPoint)
    {
        bool freed = false;
        try
        {
            WaitUntilFreed(wrapPoint);
            freed = true;
        }
        finally
        {
            // CLAIMED release: as if it had never been; pairs with SingleProducerSequencer.Claimed.
            if (!freed)
                _claim.WriteNextRelease(claimed);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFreedOrTakeBack(long claimed, long wrapPoint)
    {
        bool freed = !IsClosed && Refresh(wrapPoint) == Room.Free;
        // CLAIMED release: as if it had never been; pairs with SingleProducerSequencer.Claimed.
        if (!freed)
            _claim.WriteNextRelease(claimed);
        return freed;
    }
}
