namespace Ring.Tracing;

/// <summary>What got lost on the way to all logs, as it stands at one moment.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SharedLosses(DateTime nowUtc, string[] traces)
{
    private readonly long[] _counts = new long[LossReasons.All.Count];
    private readonly SpanIds[] _ids = [.. LossReasons.All.Select(static _ => SpanIds.NewRoot())];

    public DateTime NowUtc { get; } = nowUtc;

    /// <summary>Some of the traces that lost spans for want of room since this was last asked.</summary>
    public string[] Traces { get; } = traces;

    public long Count(LossReason reason) => _counts[(int)reason];

    public void Set(LossReason reason, long count) => _counts[(int)reason] = count;

    /// <summary>The ids of the record of these losses, the same in each log.</summary>
    public SpanIds Ids(LossReason reason) => _ids[(int)reason];
}
