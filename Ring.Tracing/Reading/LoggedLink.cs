using System.Diagnostics;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>A span of this or another trace that a span has to do with and that is not its parent.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedLink
{
    internal LoggedLink(JsonElement json)
    {
        TraceId = OtlpJsonReader.TraceId(json, "traceId");
        SpanId = OtlpJsonReader.SpanId(json, "spanId");
        TraceState = OtlpJsonReader.Text(json, "traceState");
        Attributes = OtlpJsonReader.Attributes(json);
        DroppedAttributeCount = OtlpJsonReader.Count(json, "droppedAttributesCount");
    }

    /// <summary>The trace of the other span; the default value if the link names none.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The other span; the default value if the link names none.</summary>
    public ActivitySpanId SpanId { get; }

    /// <summary>The W3C trace state of the other span; empty if it has none.</summary>
    public string TraceState { get; }

    /// <summary>The attributes, by name; see <see cref="LoggedSpan.Attributes"/> for the types of their values.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>Attributes that the writer left out because there were too many or they were too big.</summary>
    public long DroppedAttributeCount { get; }
}
