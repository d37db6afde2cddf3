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
/// <param name="startUtc">When the log was made.</param>
internal sealed class SpanLog(
    Predicate<SpanEvent>? filter, bool? loadTests, SpanEncoder encoder, RollingFile file, LineWriter lines, int lineTarget, DateTime startUtc)
    : IDisposable
{
    private readonly Utf8Buffer _block = new(lineTarget + (lineTarget / 4));
    private readonly SpanEvent _gap = new();
    private TraceLogMeter? _meter;
    private readonly long[] _declared = new long[LossReasons.All.Count];

    /// <summary>Those of the declarations that are in a file, and do not wait for one.</summary>
    private readonly long[] _declaredForSure = new long[LossReasons.All.Count];

    /// <summary>Up to when losses were declared, by reason.</summary>
    private readonly DateTime[] _declaredUtc = [.. LossReasons.All.Select(_ => startUtc)];


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
    /// Writes how many spans were lost since that was last said, for each reason a record. What the disk does not take, nor the memory
    /// for what waits, is said the next time.
    /// </summary>
    /// <param name="losses">What got lost so far on the way to all logs.</param>
    public void DeclareLosses(SharedLosses losses)
    {
        // Who has no file has no readers, and no losses of its own: the files of others say what was lost on the way to all.
        if (file.Count == 0)
            return;

        foreach (LossReason reason in LossReasons.All)
            DeclareLosses(reason, losses);

        if (!lines.IsWaiting)
            _declared.CopyTo(_declaredForSure, 0);
    }

    /// <summary>The last try of what waits for the disk. Declarations that did not get there count as not made.</summary>
    public void Finish()
    {
        if (!lines.Finish())
            _declaredForSure.CopyTo(_declared, 0);
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

    private void DeclareLosses(LossReason reason, SharedLosses losses)
    {
        int index = (int)reason;
        long total = losses.Count(reason) + OwnLosses(reason);
        if (total > _declared[index])
        {
            if (!TryDeclare(reason, total - _declared[index], losses))
                return;

            _declared[index] = total;
        }

        _declaredUtc[index] = losses.NowUtc;
    }

    private bool TryDeclare(LossReason reason, long count, SharedLosses losses)
    {
        WriteBlock();
        DateTime fromUtc = _declaredUtc[(int)reason];
        // Losses that are those of other logs, too, have the same ids there, so that a reader of all files counts them once.
        SpanIds ids = OwnLosses(reason) == 0 ? losses.Ids(reason) : SpanIds.NewRoot();
        _gap.Clear();
        _gap.Record(GapNames.Scope, in ids, GapNames.Span, ActivityKind.Internal, fromUtc, losses.NowUtc - fromUtc);
        _gap.Tags.Add(new SpanTag(GapNames.Count, count));
        _gap.Tags.Add(new SpanTag(GapNames.Reason, LossReasons.NameOf(reason)));
        if (losses.Traces.Length > 0)
            _gap.Tags.Add(new SpanTag(GapNames.Traces, losses.Traces));

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
