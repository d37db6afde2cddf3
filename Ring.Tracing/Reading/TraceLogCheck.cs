using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// What the files say about themselves: how much they hold, and everything that shows that something is missing.
/// </summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class TraceLogCheck
{
    internal TraceLogCheck(int spanFiles, int statisticFiles, CheckTally tally)
    {
        SpanFileCount = spanFiles;
        StatisticFileCount = statisticFiles;
        ProcessCount = tally.Processes;
        SpanCount = tally.Spans;
        RepeatedSpanCount = tally.Repeated;
        StatisticCount = tally.Statistics;
        Gaps = tally.Gaps();
        LostSpanCount = Gaps.Sum(gap => gap.SpanCount);
        TornTailCount = tally.CountOf(LogFaultKind.TornTail);
        BadLineCount = tally.CountOf(LogFaultKind.BadLine);
        UnreadableFileCount = tally.CountOf(LogFaultKind.Unreadable);
        Faults = tally.Faults;
        OrphanCount = tally.Orphans();
        OrphanTraces = tally.OrphanTraces();
    }

    /// <summary>Span files.</summary>
    public int SpanFileCount { get; }

    /// <summary>Statistic files.</summary>
    public int StatisticFileCount { get; }

    /// <summary>Processes that the spans are of.</summary>
    public int ProcessCount { get; }

    /// <summary>Spans, each counted once. Gap records are none.</summary>
    public long SpanCount { get; }

    /// <summary>
    /// Spans that were met again: a file that was given up after a failed write may hold some that the next file holds, too.
    /// </summary>
    public long RepeatedSpanCount { get; }

    /// <summary>Rows of the statistic log.</summary>
    public long StatisticCount { get; }

    /// <summary>The gaps, by reason, in the order of the reasons' names.</summary>
    public IReadOnlyList<GapSummary> Gaps { get; }

    /// <summary>Spans that were lost, as the gap records say.</summary>
    public long LostSpanCount { get; }

    /// <summary>Files that do not end with a line end.</summary>
    public long TornTailCount { get; }

    /// <summary>Whole lines that are not what such a file holds.</summary>
    public long BadLineCount { get; }

    /// <summary>Files that could not be read to their end.</summary>
    public long UnreadableFileCount { get; }

    /// <summary>The first 100 torn tails, bad lines and unreadable files.</summary>
    public IReadOnlyList<LogFault> Faults { get; }

    /// <summary>
    /// Spans whose parent is of the same process and in no file. It has not ended yet, its source is not captured, or it is lost.
    /// </summary>
    public long OrphanCount { get; }

    /// <summary>Up to 100 of the traces that hold orphans.</summary>
    public IReadOnlyList<ActivityTraceId> OrphanTraces { get; }

    /// <summary>
    /// Whether there are spans to be found and nothing shows that some are missing: there is a span file, and no gap, torn tail, bad
    /// line, unreadable file or orphan. Repeated spans do no harm. While the log is written, lines and parents that are still to come count as missing.
    /// </summary>
    public bool IsComplete => SpanFileCount > 0 && Gaps.Count == 0 && Faults.Count == 0 && OrphanCount == 0;

    /// <summary>Returns the counts as one line of text.</summary>
    public override string ToString() =>
        $"{(IsComplete ? "complete" : "incomplete")}: {SpanCount} spans of {ProcessCount} processes in {SpanFileCount} files (lost "
        + $"{LostSpanCount}, orphans {OrphanCount}, repeated {RepeatedSpanCount}, torn tails {TornTailCount}, bad lines "
        + $"{BadLineCount}, unreadable files {UnreadableFileCount})";
}
