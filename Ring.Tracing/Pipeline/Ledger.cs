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

    /// <summary>Spans that never got a slot, by reason.</summary>
    private readonly long[] _lost = new long[LossReasons.All.Count];

    private readonly Func<LossReason, long> _countOf;
    private RingBuffer<SpanEvent>? _ring;
    private DrainedCounts _drained;
    private long _settled = Sequence.Initial;
    private long _markers;
    private bool _isClosed;

    public Ledger() => _countOf = Lost;

    /// <summary>How many slots were taken to wake the drain, and not for a span.</summary>
    public long Markers
    {
        get
        {
            lock (_gate)
                return _markers;
        }
    }

    /// <summary>Says whose claims to count. To be called once, before anything is published.</summary>
    public void Attach(RingBuffer<SpanEvent> ring) => _ring = ring;

    /// <summary>Counts a span that got no slot.</summary>
    public void Count(LossReason reason) => Interlocked.Increment(ref _lost[(int)reason]);

    /// <summary>How many spans got no slot for this reason.</summary>
    public long Lost(LossReason reason) => Interlocked.Read(ref _lost[(int)reason]);

    /// <summary>
    /// The drain's word: its counts so far, and up to which sequence every span is settled. Those who want their spans on the disk
    /// still wait.
    /// </summary>
    public void Settle(in DrainedCounts drained, long settled)
    {
        lock (_gate)
        {
            _drained = drained;
            _settled = settled;
            if (_waiters.Count > 0)
                Release(FlushLevel.OperatingSystem);
        }
    }

    /// <summary>Whether somebody waits for the disk whose spans are settled.</summary>
    public bool WantsSync()
    {
        lock (_gate)
            return _waiters.Count > 0 && _waiters.Exists(waiter => waiter.Target <= _settled);
    }

    /// <summary>The drain's word that what is settled is on the disk.</summary>
    public void Synced()
    {
        lock (_gate)
            Release(FlushLevel.Disk);
    }

    /// <summary>
    /// The drain's word that some of what is settled did not come to the disk. A later synchronisation would only speak of what is
    /// written later, so there is nothing to wait for, also for those whose spans are still to come: they waited for earlier ones, too.
    /// </summary>
    public void NotSynced()
    {
        lock (_gate)
        {
            List<FlushWaiter> failed = _waiters.FindAll(static waiter => waiter.Level == FlushLevel.Disk);
            _waiters.RemoveAll(static waiter => waiter.Level == FlushLevel.Disk);
            failed.ForEach(static waiter => waiter.TrySetException(new IOException("Not everything could be synchronised with the disk.")));
        }
    }

    /// <summary>The drain's word that it is over: whoever still waits for the disk waits in vain.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiters.ForEach(static waiter => waiter.TrySetException(Closed()));
            _waiters.Clear();
        }
    }

    public TraceLogCounts Read(int filesCreated)
    {
        lock (_gate)
            return new TraceLogCounts(_ring!.Cursor + 1 - _markers, _countOf, in _drained, filesCreated);
    }

    /// <summary>Completes when every span that has a slot by now is settled.</summary>
    public async Task WhenSettledAsync(FlushLevel level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FlushWaiter? waiter = Register(level);
        if (waiter is null)
            return;

        using (cancellationToken.Register(() => Cancel(waiter, cancellationToken)))
            await waiter.Task.ConfigureAwait(false);
    }

    private static IOException Closed() => new("The log was disposed of, and its files could not be synchronised with the disk before.");

    private FlushWaiter? Register(FlushLevel level)
    {
        lock (_gate)
        {
            long target = _ring!.Cursor;
            if (level == FlushLevel.OperatingSystem && _settled >= target)
                return null;
            if (_isClosed)
                throw Closed();

            FlushWaiter waiter = new(target, level);
            _waiters.Add(waiter);
            if (level == FlushLevel.Disk)
                WakeDrain();
            return waiter;
        }
    }

    /// <summary>An idle drain sleeps. In a full ring there is no room for a marker, and no need: it will look when it is done.</summary>
    private void WakeDrain()
    {
        if (!_ring!.TryNext(out long sequence))
            return;

        _markers++;
        _ring[sequence].SetMarker();
        _ring.Publish(sequence);
    }

    private void Cancel(FlushWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
            _waiters.Remove(waiter);

        waiter.TrySetCanceled(cancellationToken);
    }

    private void Release(FlushLevel level)
    {
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            FlushWaiter waiter = _waiters[i];
            if (waiter.Level > level || waiter.Target > _settled)
                continue;

            _waiters.RemoveAt(i);
            // Continuations run elsewhere, so nothing of the caller's runs under the lock.
            waiter.TrySetResult(true);
        }
    }
}
