using System.Diagnostics;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>A finished span, as its line says.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedSpan : LoggedRecord
{
    private const long RemoteIsKnown = 0x100;
    private const long ParentIsRemote = 0x200;

    internal LoggedSpan(JsonElement json, LoggedScope scope, LoggedResource resource, LinePlace place)
        : base(place)
    {
        Scope = scope;
        Resource = resource;
        TraceId = OtlpJsonReader.TraceId(json, "traceId");
        SpanId = OtlpJsonReader.SpanId(json, "spanId");
        if (TraceId == default || SpanId == default)
            throw new FormatException("A span has no traceId or no spanId.");

        ParentSpanId = OtlpJsonReader.SpanId(json, "parentSpanId");
        long flags = OtlpJsonReader.Count(json, "flags");
        TraceFlags = (ActivityTraceFlags)(flags & 0xFF);
        HasRemoteParent = (flags & RemoteIsKnown) == 0 ? null : (flags & ParentIsRemote) != 0;
        TraceState = OtlpJsonReader.Text(json, "traceState");
        Name = OtlpJsonReader.Text(json, "name");
        Kind = OtlpJsonReader.Kind(json);
        StartTimeUtc = OtlpJsonReader.Time(json, "startTimeUnixNano");
        EndTimeUtc = OtlpJsonReader.Time(json, "endTimeUnixNano");
        Status = OtlpJsonReader.Status(json, out string description);
        StatusDescription = description;
        Attributes = OtlpJsonReader.Attributes(json);
        Events = OtlpJsonReader.List(json, "events", item => new LoggedEvent(item));
        Links = OtlpJsonReader.List(json, "links", item => new LoggedLink(item));
        DroppedAttributeCount = OtlpJsonReader.Count(json, "droppedAttributesCount");
        DroppedEventCount = OtlpJsonReader.Count(json, "droppedEventsCount");
        DroppedLinkCount = OtlpJsonReader.Count(json, "droppedLinksCount");
    }

    /// <summary>The trace that the span belongs to.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The span.</summary>
    public ActivitySpanId SpanId { get; }

    /// <summary>The span's parent; the default value for the root of a trace.</summary>
    public ActivitySpanId ParentSpanId { get; }

    /// <summary>Whether the parent is of another process; null if the writer does not say.</summary>
    public bool? HasRemoteParent { get; }

    /// <summary>The W3C trace flags.</summary>
    public ActivityTraceFlags TraceFlags { get; }

    /// <summary>The W3C trace state; empty if there is none.</summary>
    public string TraceState { get; }

    /// <summary>The name of the span.</summary>
    public string Name { get; }

    /// <summary>The kind; what .NET has no name for is internal.</summary>
    public ActivityKind Kind { get; }

    /// <summary>When the span began, in UTC, exact to 100 ns.</summary>
    public DateTime StartTimeUtc { get; }

    /// <summary>When the span ended, in UTC, exact to 100 ns.</summary>
    public DateTime EndTimeUtc { get; }

    /// <summary>How long the span lasted. Below zero only if another writer says so.</summary>
    public TimeSpan Duration => EndTimeUtc - StartTimeUtc;

    /// <summary>The status.</summary>
    public ActivityStatusCode Status { get; }

    /// <summary>What the status is about; empty if nothing is said.</summary>
    public string StatusDescription { get; }

    /// <summary>
    /// The attributes, by name, of several with one name the last. A value is a <see cref="string"/>, a <see cref="bool"/>, a
    /// <see cref="long"/>, a <see cref="double"/>, an array of bytes, an array of such values, a dictionary of such values, or null.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>What happened within the span, in the order it was written.</summary>
    public IReadOnlyList<LoggedEvent> Events { get; }

    /// <summary>Other spans that this one has to do with, in the order they were written.</summary>
    public IReadOnlyList<LoggedLink> Links { get; }

    /// <summary>Attributes that the writer left out because there were too many or they were too big.</summary>
    public long DroppedAttributeCount { get; }

    /// <summary>Events that the writer left out because there were too many or they were too big.</summary>
    public long DroppedEventCount { get; }

    /// <summary>Links that the writer left out because there were too many or they were too big.</summary>
    public long DroppedLinkCount { get; }

    /// <summary>What the span was made with.</summary>
    public LoggedScope Scope { get; }

    /// <summary>What produced the span.</summary>
    public LoggedResource Resource { get; }

    /// <summary>Returns the ids, the name and the duration as one line of text.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{TraceId}/{SpanId} {Name} {Duration.TotalMilliseconds:0.####} ms");
}
