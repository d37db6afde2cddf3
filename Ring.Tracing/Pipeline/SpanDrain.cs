using Ring.Core;

namespace Ring.Tracing;

/// <summary>
/// The one consumer of the ring: gives each span to the statistics and to the logs that take it, has a block of lines written whenever
/// enough have come together and at the end of each batch, and reports to the ledger once a batch. Whatever goes wrong becomes a
/// count; nothing ends the drain.
/// </summary>
/// <remarks>Not thread-safe: everything runs on the drain thread, or before it starts, or after it has ended.</remarks>
internal sealed class SpanDrain(
    SpanLog[] logs, StatisticLog statistics, LineWriter statisticLines, RollingFile statisticFile, Ledger ledger,
    DiscardedTraces discardedTraces, AttributeRedactor? redact, Clock clock)
    : IEventHandler<SpanEvent>, ITimeoutHandler, ILifecycleAware
{
    /// <summary>How often losses are declared in the logs, if there are any.</summary>
    private static readonly TimeSpan DeclarationPeriod = TimeSpan.FromSeconds(1);

    private RingBuffer<SpanEvent>? _ring;
    private DrainedCounts _counts;
    private long _uncaptured;
    private long _markers;
    private long _handled = Sequence.Initial;
    private long _settled = Sequence.Initial;
    private TimeSpan _nextDeclaration = clock.Elapsed + DeclarationPeriod;
    private bool _isComplete;

    /// <summary>Says which ring is drained. To be called once, before the drain starts.</summary>
    public void Attach(RingBuffer<SpanEvent> ring) => _ring = ring;

    /// <summary>Says who is told how long writes take. To be called once, before the drain starts.</summary>
    public void Attach(TraceLogMeter meter) => Array.ForEach(logs, log => log.Attach(meter));

    public void OnStart()
    {
        // Nothing to prepare: the files were opened where the caller could be told of a fault.
    }

    public void OnEvent(ref SpanEvent evt, long sequence, bool endOfBatch)
    {
        _handled = sequence;
        Take(evt);
        evt.Clear();
        if (endOfBatch)
            EndBatch();
    }

    public void OnTimeout(long sequence) => EndBatch();

    public void OnShutdown() => Complete();

    /// <summary>
    /// The ring is closed and nothing comes any more. What is still in it was left there because the time was up. The last
    /// interval and the last refused lines get one more try. On the drain thread, or after it has ended; calls after the first do
    /// nothing.
    /// </summary>
    public void Complete()
    {
        if (_isComplete)
            return;

        _isComplete = true;
        _counts.Abandoned = _ring!.Cursor - _handled - (ledger.Markers - _markers);
        _handled = _ring.Cursor;
        foreach (SpanLog log in logs)
            Guard(log.Finish);

        Guard(DeclareLosses);
        foreach (SpanLog log in logs)
            Guard(log.Finish);

        Guard(statistics.Finish);
        Report();
        Guard(SyncIfWanted);
        Array.ForEach(logs, static log => Guard(log.Dispose));
        Guard(statisticFile.Dispose);
        ledger.Close();
    }

    private void Take(SpanEvent span)
    {
        if (span.IsMarker)
            _markers++;
        else if (!span.IsCaptured)
            _uncaptured++;
        else if (span.Line is not null)
            _ = logs[span.LineLog].TryTake(span);
        else
            Route(span);
    }

    private void Route(SpanEvent span)
    {
        if (redact is not null)
            span.Redact(redact);

        AddToStatistics(span);
        int copies = 0;
        foreach (SpanLog log in logs)
        {
            if (log.TryTake(span))
                copies++;
        }

        if (copies == 0)
            _counts.Unrouted++;
        else
            _counts.Copies += copies - 1;
    }

    private void AddToStatistics(SpanEvent span)
    {
        try
        {
            statistics.Add(span);
        }
        catch (Exception)
        {
            // Out of memory, in effect. The span itself may still be written.
        }
    }

    private void EndBatch()
    {
        try
        {
            foreach (SpanLog log in logs)
            {
                log.WriteBlock();
                log.Lines.RetryIfDue();
                log.File.RollIfDue();
            }

            statistics.WriteIfDue();
            statisticFile.RollIfDue();
            if (clock.Elapsed >= _nextDeclaration)
                DeclareLosses();
        }
        catch (Exception)
        {
            // Housekeeping that fails is tried again after the next batch. It must not take the spans down with it.
        }

        Report();
        SyncIfWanted();
    }

    private void DeclareLosses()
    {
        SharedLosses losses = new(clock.UtcNow, discardedTraces.Take());
        for (LossReason reason = LossReason.RingFull; reason <= LossReason.Stopped; reason++)
            losses.Set(reason, ledger.Lost(reason));

        losses.Set(LossReason.EncodeFailed, _uncaptured);
        losses.Set(LossReason.Abandoned, _counts.Abandoned);
        foreach (SpanLog log in logs)
            log.DeclareLosses(losses);

        _nextDeclaration = clock.Elapsed + DeclarationPeriod;
    }

    private void Report()
    {
        _counts.Written = _counts.WriteFailed = _counts.BytesWritten = 0;
        _counts.EncodeFailed = _uncaptured;
        bool isPending = false;
        foreach (SpanLog log in logs)
        {
            _counts.Written += log.Lines.Written;
            _counts.WriteFailed += log.Lines.Discarded;
            _counts.EncodeFailed += log.EncodeFailed;
            _counts.BytesWritten += log.File.BytesWritten;
            isPending |= log.Lines.Pending > 0;
        }

        _counts.StatisticLinesDiscarded = statisticLines.Discarded;
        // While lines wait for the disk, the last settled sequence is somewhere before them: staying put is always right.
        if (!isPending)
            _settled = _handled;

        ledger.Settle(in _counts, _settled);
    }

    private void SyncIfWanted()
    {
        if (!ledger.WantsSync())
            return;

        // All of them, though one may fail: the others are on the disk then.
        bool isSynced = statisticLines.TrySync();
        foreach (SpanLog log in logs)
            isSynced &= log.Lines.TrySync();

        if (isSynced)
            ledger.Synced();
        else
            ledger.NotSynced();
    }

    private static void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception)
        {
            // The other steps are still to be done.
        }
    }
}
