using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>
/// The members of an OTLP/JSON object. One that is missing or null has its default, as Protobuf has it; one of a wrong type is a
/// <see cref="FormatException"/> or an <see cref="InvalidOperationException"/>, and costs the line.
/// </summary>
/// <remarks>Without state, so safe on any thread.</remarks>
internal static class OtlpJsonReader
{
    private const long UnixEpochTicks = 621355968000000000;
    private const int NanosecondsPerTick = 100;
    private const int TraceIdDigits = 32;
    private const int SpanIdDigits = 16;

    private static readonly IReadOnlyDictionary<string, object?> NoAttributes =
        new ReadOnlyDictionary<string, object?>(new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <summary>The member, or an undefined element, which has no members either.</summary>
    public static JsonElement Member(JsonElement owner, string name)
    {
        if (owner.ValueKind == JsonValueKind.Undefined)
            return default;

        return owner.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : default;
    }

    public static string Text(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: not JsonValueKind.Undefined } member ? member.GetString()! : string.Empty;

    /// <summary>A number that is not negative: a JSON number of at most 32 bits.</summary>
    public static long Count(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: not JsonValueKind.Undefined } member ? member.GetUInt32() : 0;

    /// <summary>Nanoseconds since 1970, rounded down to the 100 ns of .NET.</summary>
    public static DateTime Time(JsonElement owner, string name)
    {
        JsonElement member = Member(owner, name);
        ulong nanoseconds = member.ValueKind switch
        {
            JsonValueKind.Undefined => 0,
            JsonValueKind.Number => member.GetUInt64(),
            _ => ulong.Parse(member.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture),
        };
        return new DateTime(UnixEpochTicks + (long)(nanoseconds / NanosecondsPerTick), DateTimeKind.Utc);
    }

    public static ActivityTraceId TraceId(JsonElement owner, string name) =>
        Id(owner, name, TraceIdDigits) is { } digits ? ActivityTraceId.CreateFromString(digits.AsSpan()) : default;

    public static ActivitySpanId SpanId(JsonElement owner, string name) =>
        Id(owner, name, SpanIdDigits) is { } digits ? ActivitySpanId.CreateFromString(digits.AsSpan()) : default;

    public static ActivityKind Kind(JsonElement span)
    {
        ActivityKind kind = (ActivityKind)(Count(span, "kind") - 1);
        return kind is >= ActivityKind.Internal and <= ActivityKind.Consumer ? kind : ActivityKind.Internal;
    }

    public static ActivityStatusCode Status(JsonElement span, out string description)
    {
        JsonElement status = Member(span, "status");
        description = Text(status, "message");
        ActivityStatusCode code = (ActivityStatusCode)Count(status, "code");
        return code is ActivityStatusCode.Ok or ActivityStatusCode.Error ? code : ActivityStatusCode.Unset;
    }

    /// <summary>The items of a list; none if it is missing.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: not JsonValueKind.Undefined } member ? member.EnumerateArray() : [];

    public static IReadOnlyList<T> List<T>(JsonElement owner, string name, Func<JsonElement, T> read)
    {
        List<T>? items = null;
        foreach (JsonElement item in Items(owner, name))
            (items ??= []).Add(read(item));

        return items is null ? [] : items.ToArray();
    }

    public static IReadOnlyDictionary<string, object?> Attributes(JsonElement owner) => Pairs(owner, "attributes");

    private static IReadOnlyDictionary<string, object?> Pairs(JsonElement owner, string name)
    {
        Dictionary<string, object?>? pairs = null;
        foreach (JsonElement pair in Items(owner, name))
            (pairs ??= new(StringComparer.Ordinal))[Text(pair, "key")] = Value(Member(pair, "value"));

        return pairs ?? NoAttributes;
    }

    /// <summary>An <c>AnyValue</c>, which has a member for its type or none; a type that is not known is ignored.</summary>
    private static object? Value(JsonElement any)
    {
        if (any.ValueKind == JsonValueKind.Undefined)
            return null;

        object? value = null;
        foreach (JsonProperty member in any.EnumerateObject())
            value = Value(member.Name, member.Value) ?? value;

        return value;
    }

    private static object? Value(string type, JsonElement value) => type switch
    {
        "stringValue" => value.GetString(),
        "boolValue" => value.GetBoolean(),
        "intValue" when value.ValueKind == JsonValueKind.Number => value.GetInt64(),
        "intValue" => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "doubleValue" when value.ValueKind == JsonValueKind.Number => value.GetDouble(),
        "doubleValue" => NumberNotInJson(value.GetString()),
        "bytesValue" => value.GetBytesFromBase64(),
        "arrayValue" => List(value, "values", Value),
        "kvlistValue" => Pairs(value, "values"),
        _ => null,
    };

    private static double NumberNotInJson(string? text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException($"The doubleValue '{text}' is no number."),
    };

    /// <summary>The digits in lower case, or null if there are none or all are zero, which is no id.</summary>
    private static string? Id(JsonElement owner, string name, int digits)
    {
        string text = Text(owner, name);
        if (text.Length != 0 && text.Length != digits)
            throw new FormatException($"The {name} '{text}' has not {digits} digits.");

        // The protocol allows both cases, an ActivityTraceId only the lower.
        return text.Trim('0').Length == 0 ? null : text.ToLowerInvariant();
    }
}
