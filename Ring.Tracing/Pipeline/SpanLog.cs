using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// One of the logs: which spans it takes, how they are encoded, and where they are written. Also writes into itself what it lost.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
/// <param name="filter">Which spans it takes; null for all. Lines are sent to their log by name.</param>
/// <param name="loadTests">Whether it takes spans of load tests, or only those, or null for both.</param>
/// <param name="encoder">How they are written.</param>
/// <param name="file">Where they are written.</param>
/// <param name="lines">How blocks of lines come into the file.</param>
/// <param name="lineTarget">Bytes after which a block is written.</param>
internal sealed class SpanLog(
    Predicate<SpanEvent>? filter, bool? loadTests, SpanEncoder encoder, RollingFile file, LineWriter lines, int lineTarget) : IDisposable
{
    private readonly Utf8Buffer _block = new(lineTarget + (lineTarget / 4));
    private readonly SpanEvent _gap = new();
    private TraceLogMeter? _meter;
    private readonly long[] _declared = new long[(int)LossReason.Abandoned + 1];

    public RollingFile File => file;

    public LineWriter Lines => lines;

    /// <summary>Spans that it could not encode, or of which its rule could not say whether it takes them.</summary>
    public long EncodeFailed { get; private set; }

    /// <summary>Says who is told how long writes take. To be called once, before anything is written.</summary>
    public void Attach(TraceLogMeter meter) => _meter = meter;

    /// <summary>
    /// Makes the first file now, so that a folder that takes no files is found before it matters. Most processes see no load test,
    /// so the file for those is made when it is needed.
    /// </summary>
    public void OpenFirst()
    {
        if (loadTests != true)
            file.Open();
    }

    /// <summary>Encodes the span if it is for this log, and writes the block when enough has come together.</summary>
    /// <returns>Whether it is for this log; so is one of which the rule could not say, which shows in the account then.</returns>
    public bool TryTake(SpanEvent span)
    {
        try
        {
            if (!IsFor(span))
                return false;

            encoder.Add(span);
        }
        catch (Exception)
        {
            EncodeFailed++;
            return true;
        }

        if (encoder.PendingBytes >= lineTarget)
            WriteBlock();

        return true;
    }

    /// <summary>Writes what has come together.</summary>
    public void WriteBlock()
    {
        int spans = encoder.PendingSpans;
        if (spans > 0 && !TryWrite(spans, out _))
            EncodeFailed += spans;
    }

    /// <summary>
    /// Writes how many spans were lost since this was last asked, for each reason a record. What the disk does not take, nor the memory
    /// for what waits, is told the next time.
    /// </summary>
    /// <param name="lost">How many spans got lost so far on their way to all logs, by reason.</param>
    /// <param name="fromUtc">When this was last asked.</param>
    /// <param name="toUtc">Now.</param>
    /// <param name="traces">Some of the traces that lost spans.</param>
    public void DeclareLosses(long[] lost, DateTime fromUtc, DateTime toUtc, string[] traces)
    {
        for (LossReason reason = LossReason.RingFull; reason <= LossReason.Abandoned; reason++)
        {
            long total = lost[(int)reason] + OwnLosses(reason);
            long news = total - _declared[(int)reason];
            if (news > 0 && TryDeclare(reason, news, fromUtc, toUtc, traces))
                _declared[(int)reason] = total;
        }
    }

    public void Dispose() => file.Dispose();

    private bool IsFor(SpanEvent span) =>
        span.Line is not null || ((loadTests is null || span.IsLoadTest == loadTests) && (filter is null || filter(span)));

    private long OwnLosses(LossReason reason) => reason switch
    {
        LossReason.WriteFailed => lines.Discarded,
        LossReason.EncodeFailed => EncodeFailed,
        _ => 0,
    };

    private bool TryDeclare(LossReason reason, long count, DateTime fromUtc, DateTime toUtc, string[] traces)
    {
        WriteBlock();
        _gap.Clear();
        _gap.Record(GapNames.Scope, SpanIds.NewRoot(), GapNames.Span, ActivityKind.Internal, fromUtc, toUtc - fromUtc);
        _gap.Tags.Add(new SpanTag(GapNames.Count, count));
        _gap.Tags.Add(new SpanTag(GapNames.Reason, LossReasons.NameOf(reason)));
        if (traces.Length > 0)
            _gap.Tags.Add(new SpanTag(GapNames.Traces, traces));

        encoder.Add(_gap);
        // A gap record is no span: nobody accounts for it.
        return TryWrite(records: 0, out bool isKept) && isKept;
    }

    /// <summary>Returns false when the block could not be completed; what was in it is gone.</summary>
    private bool TryWrite(int records, out bool isKept)
    {
        isKept = false;
        try
        {
            encoder.CompleteLines(_block);
            long begun = _meter?.BeginWrite() ?? 0;
            isKept = lines.Write(_block, records);
            _meter?.EndWrite(begun);
            return true;
        }
        catch (Exception)
        {
            // Out of memory, in effect: the disk's own faults are no exceptions here.
            encoder.Abandon();
            return false;
        }
        finally
        {
            _block.Clear();
        }
    }
}
