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
    protected override long Claimed => _claim.ReadNextAcquire();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        long next = _claim.ReadNextPlain() + n;
        // CLOSE acquire: a closed ring has a limit that sends every claim to the slow path; pairs with SingleProducerSequencer.RefuseClaims.
        long wrapPoint = next - _limit.ReadAcquire();
        if (wrapPoint > _claim.Gate)
            WaitUntilFreed(wrapPoint);
        // CLAIMED release: for whoever asks how much is free; pairs with SingleProducerSequencer.Claimed.
        _claim.WriteNextRelease(next);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long hi)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        hi = _claim.ReadNextPlain() + n;
        if (!IsFree(hi))
            return false;
        // CLAIMED release: for whoever asks how much is free; pairs with SingleProducerSequencer.Claimed.
        _claim.WriteNextRelease(hi);
        return true;
    }

    public override bool HasAvailableCapacity(int n)
    {
        CheckCount(n);
        // plain: only the producer writes its claims.
        return IsFree(_claim.ReadNextPlain() + n);
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

    // CLOSE release: the cause, before claims fail; pairs with SingleProducerSequencer.IsClosed.
    protected override void RefuseClaims() => _limit.WriteRelease(ClosedLimit);

    protected override bool Refresh(long wrapPoint)
    {
        // JOIN fence: what this producer has published before its look at the set; pairs with GatingSequences.Add.
        Fence.Full();
        Sequence[] gating = Gating;
        // Nobody to wait for. The cache stays: whoever joins later is protected from the position that it finds.
        if (gating.Length == 0)
            return true;

        long handled = GatingSequences.Minimum(gating, long.MaxValue);
        // Not beyond what is published: a consumer may join there, and the cache must not let the producer pass it.
        _claim.Gate = Math.Min(handled, Cursor);
        return wrapPoint <= handled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsFree(long hi)
    {
        // CLOSE acquire: as in Next; pairs with SingleProducerSequencer.RefuseClaims.
        long wrapPoint = hi - _limit.ReadAcquire();
        return wrapPoint <= _claim.Gate || IsFreeAfterAll(wrapPoint);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFreeAfterAll(long wrapPoint) => !IsClosed && Refresh(wrapPoint);
}
