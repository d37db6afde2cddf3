namespace Ring.Tracing;

/// <summary>A record of spans that the log lost: how many, why, and from when to when.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedGap : LoggedRecord
{
    private LoggedGap(LoggedSpan span, long count, string reason)
        : base(new LinePlace(span.FilePath, span.LineNumber))
    {
        Span = span;
        Count = count;
        Reason = reason;
    }

    /// <summary>How many spans were lost.</summary>
    public long Count { get; }

    /// <summary>Why they were lost: a word such as <c>queue_full</c> or <c>write_failed</c>.</summary>
    public string Reason { get; }

    /// <summary>No loss was before this time, in UTC.</summary>
    public DateTime StartTimeUtc => Span.StartTimeUtc;

    /// <summary>No loss was after this time, in UTC.</summary>
    public DateTime EndTimeUtc => Span.EndTimeUtc;

    /// <summary>The record as it stands in the file, with what produced it.</summary>
    public LoggedSpan Span { get; }

    /// <summary>Returns the count, the reason and the range as one line of text.</summary>
    public override string ToString() => FormattableString.Invariant($"{Count} spans lost ({Reason}) {StartTimeUtc:O} to {EndTimeUtc:O}");

    /// <summary>The gap, if this span is the record of one.</summary>
    internal static LoggedGap? From(LoggedSpan span)
    {
        bool isGap = string.Equals(span.Name, GapNames.Span, StringComparison.Ordinal)
            && string.Equals(span.Scope.Name, GapNames.Scope, StringComparison.Ordinal);
        return isGap
            && span.Attributes.TryGetValue(GapNames.Count, out object? count) && count is long number
            && span.Attributes.TryGetValue(GapNames.Reason, out object? reason) && reason is string word
                ? new LoggedGap(span, number, word)
                : null;
    }
}
