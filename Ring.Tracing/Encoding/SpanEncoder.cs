namespace Ring.Tracing;

/// <summary>A log format: collects spans and turns them into whole lines.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal abstract class SpanEncoder
{
    /// <summary>How many bytes the spans collected so far will take, about.</summary>
    public abstract int PendingBytes { get; }

    /// <summary>How many spans were collected since the last <see cref="CompleteLines"/>.</summary>
    public abstract int PendingSpans { get; }

    /// <summary>
    /// Collects a span and keeps nothing of it. When it throws, the span was not collected and all earlier ones still are.
    /// </summary>
    public abstract void Add(SpanEvent span);

    /// <summary>Appends everything collected as whole lines, each with its line end, and starts again.</summary>
    public abstract void CompleteLines(Utf8Buffer output);

    /// <summary>Forgets everything collected.</summary>
    public abstract void Abandon();
}
