using Ring.Core;

namespace Ring.Tracing;

/// <summary>
/// The one consumer of the ring: encodes spans, writes a block of lines whenever enough have come together and at the end of each
/// batch, keeps the statistics, and reports to the ledger once a batch. Whatever goes wrong becomes a count; nothing ends the
/// drain.
/// </summary>
/// <remarks>Not thread-safe: everything runs on the drain thread, or before it starts, or after it has ended.</remarks>
internal sealed class SpanDrain(
    SpanEncoder encoder, RollingFile spanFile, LineWriter spanLines, RollingFile statisticFile, LineWriter statisticLines,
    StatisticLog statistics, Ledger ledger, int lineTarget)
    : IEventHandler<SpanEvent>, ITimeoutHandler, ILifecycleAware
{
    private readonly Utf8Buffer _block = new(OtlpLimits.LineTarget + (OtlpLimits.LineTarget / 4));
    private RingBuffer<SpanEvent>? _ring;
    private TraceLogMeter? _meter;
    private volatile string? _diskTrouble;
    private DrainedCounts _counts;
    private long _handled = Sequence.Initial;
    private long _settled = Sequence.Initial;
    private bool _isComplete;

    /// <summary>Why the disk refuses at present, or null while it takes what it is given. For every thread.</summary>
    public string? DiskTrouble => _diskTrouble;

    /// <summary>Says which ring is drained. To be called once, before the drain starts.</summary>
    public void Attach(RingBuffer<SpanEvent> ring) => _ring = ring;

    /// <summary>Says who is told how long writes take. To be called once, before the drain starts.</summary>
    public void Attach(TraceLogMeter meter) => _meter = meter;

    public void OnStart()
    {
        // Nothing to prepare: the files were opened where the caller could be told of a fault.
    }

    public void OnEvent(ref SpanEvent evt, long sequence, bool endOfBatch)
    {
        _handled = sequence;
        Take(evt);
        evt.Clear();
        if (endOfBatch || encoder.PendingBytes >= lineTarget)
            WriteBlock();

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
        _counts.Abandoned = _ring!.Cursor - _handled;
        _handled = _ring.Cursor;
        Guard(spanLines.Finish);
        Guard(statistics.Finish);
        Guard(spanFile.Dispose);
        Guard(statisticFile.Dispose);
        Report();
    }

    private void Take(SpanEvent span)
    {
        if (!span.IsCaptured)
        {
            _counts.EncodeFailed++;
            return;
        }

        try
        {
            statistics.Add(span);
            encoder.Add(span);
        }
        catch (Exception)
        {
            _counts.EncodeFailed++;
        }
    }

    private void WriteBlock()
    {
        int spans = encoder.PendingSpans;
        if (spans == 0)
            return;

        try
        {
            encoder.CompleteLines(_block);
            long begun = _meter?.BeginWrite() ?? 0;
            spanLines.Write(_block, spans);
            _meter?.EndWrite(begun);
        }
        catch (Exception)
        {
            // Out of memory, in effect: the disk's own faults are no exceptions here.
            encoder.Abandon();
            _counts.EncodeFailed += spans;
        }

        _block.Clear();
    }

    private void EndBatch()
    {
        try
        {
            spanLines.RetryIfDue();
            statistics.WriteIfDue();
        }
        catch (Exception)
        {
            // Housekeeping that fails is tried again after the next batch. It must not take the spans down with it.
        }

        _diskTrouble = spanLines.Pending + statisticLines.Pending > 0 ? "lines are waiting for it." : null;
        Report();
    }

    private void Report()
    {
        _counts.Written = spanLines.Written;
        _counts.WriteFailed = spanLines.Discarded;
        _counts.BytesWritten = spanFile.BytesWritten;
        _counts.StatisticLinesDiscarded = statisticLines.Discarded;
        // While lines wait for the disk, the last settled sequence is somewhere before them: staying put is always right.
        if (spanLines.Pending == 0)
            _settled = _handled;

        ledger.Settle(in _counts, _settled);
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
