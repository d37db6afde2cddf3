namespace Ring.Tracing;

/// <summary>The OpenTelemetry defaults for what one span may carry. What is over a limit is dropped and counted.</summary>
internal static class SpanLimits
{
    /// <summary>Attributes of a span, of an event or of a link.</summary>
    public const int Attributes = 128;

    public const int Events = 128;

    public const int Links = 128;

    /// <summary>Attributes that a fresh slot has room for. Most spans fit, so most slots never grow.</summary>
    public const int UsualAttributes = 16;
}
