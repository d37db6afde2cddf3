using System.Text.Json;

namespace Ring.Tests.Tracing;

/// <summary>A span as <see cref="OtlpReader"/> found it, with the scope and the resource it stood in.</summary>
internal sealed record OtlpSpan(JsonElement Json, JsonElement Scope, JsonElement Resource)
{
    public string SpanId => Json.GetProperty("spanId").GetString()!;

    public string TraceId => Json.GetProperty("traceId").GetString()!;

    public string Name => Json.GetProperty("name").GetString()!;

    public string ScopeName => Scope.GetProperty("name").GetString()!;

    public bool Has(string member) => Json.TryGetProperty(member, out _);

    public int Number(string member) => Json.GetProperty(member).GetInt32();

    /// <summary>The raw JSON of an attribute's value.</summary>
    public string? Attribute(string key) => AttributeOf(Json, key);

    public static string? AttributeOf(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty("attributes", out JsonElement attributes))
            return null;

        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            if (string.Equals(attribute.GetProperty("key").GetString(), key, StringComparison.Ordinal))
                return attribute.GetProperty("value").GetRawText();
        }

        return null;
    }
}
