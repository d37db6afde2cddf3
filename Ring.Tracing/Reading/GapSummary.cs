namespace Ring.Tracing;

/// <summary>All gaps of one reason.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class GapSummary
{
    internal GapSummary(string reason, int recordCount, long spanCount, DateTime startTimeUtc, DateTime endTimeUtc)
    {
        Reason = reason;
        RecordCount = recordCount;
        SpanCount = spanCount;
        StartTimeUtc = startTimeUtc;
        EndTimeUtc = endTimeUtc;
    }

    /// <summary>Why spans were lost: a word such as <c>queue_full</c> or <c>write_failed</c>.</summary>
    public string Reason { get; }

    /// <summary>How many gap records there are.</summary>
    public int RecordCount { get; }

    /// <summary>How many spans were lost.</summary>
    public long SpanCount { get; }

    /// <summary>No loss was before this time, in UTC.</summary>
    public DateTime StartTimeUtc { get; }

    /// <summary>No loss was after this time, in UTC.</summary>
    public DateTime EndTimeUtc { get; }

    internal GapSummary With(LoggedGap gap) => new(
        Reason,
        RecordCount + 1,
        SpanCount + gap.Count,
        gap.StartTimeUtc < StartTimeUtc ? gap.StartTimeUtc : StartTimeUtc,
        gap.EndTimeUtc > EndTimeUtc ? gap.EndTimeUtc : EndTimeUtc);
}
