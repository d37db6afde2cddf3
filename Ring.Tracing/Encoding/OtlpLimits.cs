namespace Ring.Tracing;

/// <summary>
/// How big the parts of an OTLP line may get. File readers cut lines at 1 MiB and misbehave well below it, so a line stays within
/// 256 KiB: it is completed once 64 KiB are collected, and the last span, its scope and the resource have the rest.
/// </summary>
internal static class OtlpLimits
{
    /// <summary>Bytes after which a line is completed.</summary>
    public const int LineTarget = 64 * 1024;

    /// <summary>Bytes that no line exceeds.</summary>
    public const int LineLimit = 256 * 1024;

    /// <summary>
    /// Bytes of one span up to the end of its attributes, events and links. What does not fit is dropped and counted.
    /// </summary>
    public const int SpanContent = 96 * 1024;

    /// <summary>Bytes of the attributes of a scope.</summary>
    public const int ScopeContent = 8 * 1024;

    /// <summary>
    /// Characters of a name, a status message or a trace state. The rest is cut; a character takes up to 6 bytes.
    /// </summary>
    public const int TextCharacters = 2048;
}
