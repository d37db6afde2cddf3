using System.Text.Json;

namespace Ring.Tracing;

/// <summary>Something that happened at a moment within a span.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedEvent
{
    internal LoggedEvent(JsonElement json)
    {
        TimeUtc = OtlpJsonReader.Time(json, "timeUnixNano");
        Name = OtlpJsonReader.Text(json, "name");
        Attributes = OtlpJsonReader.Attributes(json);
        DroppedAttributeCount = OtlpJsonReader.Count(json, "droppedAttributesCount");
    }

    /// <summary>When it happened, in UTC, exact to 100 ns.</summary>
    public DateTime TimeUtc { get; }

    /// <summary>What happened.</summary>
    public string Name { get; }

    /// <summary>The attributes, by name; see <see cref="LoggedSpan.Attributes"/> for the types of their values.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>Attributes that the writer left out because there were too many or they were too big.</summary>
    public long DroppedAttributeCount { get; }
}
