using System.Diagnostics;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>The members of a line of the statistic log. Of those that every row has, none may be missing.</summary>
/// <remarks>Without state, so safe on any thread.</remarks>
internal static class StatisticJson
{
    public static DateTime Time(JsonElement row, string name) => Required(row, name).GetDateTime().ToUniversalTime();

    public static long Count(JsonElement row, string name) => Required(row, name).GetInt64();

    /// <summary>Milliseconds with a fraction, which a decimal holds to the last tick.</summary>
    public static TimeSpan Duration(JsonElement row, string name) =>
        TimeSpan.FromTicks((long)(Required(row, name).GetDecimal() * TimeSpan.TicksPerMillisecond));

    public static ActivityKind Kind(JsonElement row) => OtlpJsonReader.Text(row, "kind") switch
    {
        "server" => ActivityKind.Server,
        "client" => ActivityKind.Client,
        "producer" => ActivityKind.Producer,
        "consumer" => ActivityKind.Consumer,
        _ => ActivityKind.Internal,
    };

    /// <summary>Numbers and booleans are as they are written.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(JsonElement row)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        if (OtlpJsonReader.Member(row, "attributes") is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (JsonProperty member in members.EnumerateObject())
                attributes[member.Name] = member.Value.ToString();
        }

        return attributes;
    }

    private static JsonElement Required(JsonElement row, string name) =>
        OtlpJsonReader.Member(row, name) is { ValueKind: not JsonValueKind.Undefined } member
            ? member
            : throw new FormatException($"The row has no {name}.");
}
