using Ring.Core;
#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>
/// Accounts for every span, and tells those who flush when their spans are settled: written, or counted as discarded.
/// </summary>
/// <remarks>
/// Thread-safe. The two sides meet under one lock, which the drain takes once a batch and producers never take. While the lock is
/// held the drain cannot free slots, so claims read under it exceed the drained spans by the size of the ring at most.
/// </remarks>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly List<FlushWaiter> _waiters = [];
    private RingBuffer<SpanEvent>? _ring;
    private DrainedCounts _drained;
    private long _settled = Sequence.Initial;
    private long _ringFull;
    private long _stopped;
    private long _notW3C;

    /// <summary>Says whose claims to count. To be called once, before anything is published.</summary>
    public void Attach(RingBuffer<SpanEvent> ring) => _ring = ring;

    public void CountRingFull() => Interlocked.Increment(ref _ringFull);

    public void CountStopped() => Interlocked.Increment(ref _stopped);

    public void CountNotW3C() => Interlocked.Increment(ref _notW3C);

    /// <summary>The drain's word: its counts so far, and up to which sequence every span is settled.</summary>
    public void Settle(in DrainedCounts drained, long settled)
    {
        List<FlushWaiter>? done = null;
        lock (_gate)
        {
            _drained = drained;
            _settled = settled;
            if (_waiters.Count > 0)
                done = TakeSettled();
        }

        done?.ForEach(static waiter => waiter.TrySetResult(true));
    }

    public TraceLogCounts Read(int filesCreated)
    {
        lock (_gate)
        {
            OfferedCounts offered = new(
                _ring!.Cursor + 1,
                Interlocked.Read(ref _ringFull),
                Interlocked.Read(ref _stopped),
                Interlocked.Read(ref _notW3C));
            return new TraceLogCounts(in offered, in _drained, filesCreated);
        }
    }

    /// <summary>Completes when every span that has a slot by now is settled.</summary>
    public async Task WhenSettledAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FlushWaiter? waiter = Register();
        if (waiter is null)
            return;

        using (cancellationToken.Register(() => Cancel(waiter, cancellationToken)))
            await waiter.Task.ConfigureAwait(false);
    }

    private FlushWaiter? Register()
    {
        lock (_gate)
        {
            long target = _ring!.Cursor;
            if (_settled >= target)
                return null;

            FlushWaiter waiter = new(target);
            _waiters.Add(waiter);
            return waiter;
        }
    }

    private void Cancel(FlushWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
            _waiters.Remove(waiter);

        waiter.TrySetCanceled(cancellationToken);
    }

    private List<FlushWaiter> TakeSettled()
    {
        List<FlushWaiter> settled = _waiters.FindAll(waiter => waiter.Target <= _settled);
        _waiters.RemoveAll(waiter => waiter.Target <= _settled);
        return settled;
    }
}
