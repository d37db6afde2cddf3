namespace Ring.Tracing;

/// <summary>
/// How a gap record looks: a span of this name in a scope of this name, with these attributes, whose start and end are the time in
/// which the spans were lost.
/// </summary>
internal static class GapNames
{
    public const string Scope = "Ring.Tracing";

    public const string Span = "gap";

    /// <summary>How many spans were lost, an integer.</summary>
    public const string Count = "ring.gap.count";

    /// <summary>Why they were lost.</summary>
    public const string Reason = "ring.gap.reason";

    /// <summary>Some of the traces they belong to, an array of texts; only if asked for.</summary>
    public const string Traces = "ring.gap.trace_ids";
}
