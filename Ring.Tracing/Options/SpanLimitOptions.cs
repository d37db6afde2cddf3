namespace Ring.Tracing;

/// <summary>How much of one span is kept; what is over a limit is dropped, and counted in the record.</summary>
/// <remarks>
/// Thread safety: not thread-safe; changes after the log was made have no effect on it. The defaults are those of OpenTelemetry.
/// Whatever these limits are, a span takes at most 96 KiB of a line.
/// </remarks>
public sealed class SpanLimitOptions
{
    private const int Most = 10_000;
    private const int ShortestText = 1;

    /// <summary>Attributes of a span, of each of its events and of each of its links, from 0 to 10,000; by default 128.</summary>
    public int Attributes { get; set; } = SpanLimits.Attributes;

    /// <summary>Events of a span, from 0 to 10,000; by default 128.</summary>
    public int Events { get; set; } = SpanLimits.Events;

    /// <summary>Links of a span, from 0 to 10,000; by default 128.</summary>
    public int Links { get; set; } = SpanLimits.Links;

    /// <summary>
    /// Characters of a text value, from 1; longer ones are cut. By default there is no limit but that a value that does not fit
    /// into its span is dropped as a whole.
    /// </summary>
    public int TextLength { get; set; } = int.MaxValue;

    internal SpanLimitOptions Copy() => (SpanLimitOptions)MemberwiseClone();

    internal void Validate()
    {
        Check(Attributes, nameof(Attributes));
        Check(Events, nameof(Events));
        Check(Links, nameof(Links));
        OptionCheck.RequireRange(TextLength >= ShortestText, nameof(TextLength), TextLength, $"at least {ShortestText}");
    }

    private static void Check(int limit, string option) =>
        OptionCheck.RequireRange(limit is >= 0 and <= Most, option, limit, $"from 0 to {Most}");
}
