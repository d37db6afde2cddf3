namespace Ring.Tracing;

/// <summary>
/// What a gap record is called: the OTLP span that the log leaves where spans were lost, from when to when they were.
/// </summary>
/// <remarks>Constants, so safe on any thread.</remarks>
internal static class GapNames
{
    /// <summary>The scope of a gap record. No source of the application is called so.</summary>
    public const string Scope = "Ring.Tracing";

    /// <summary>The name of the span.</summary>
    public const string Span = "gap";

    /// <summary>The attribute that says how many spans were lost: an integer.</summary>
    public const string Count = "ring.gap.count";

    /// <summary>The attribute that says why they were lost: a word such as <c>ring_full</c>.</summary>
    public const string Reason = "ring.gap.reason";
}
