using System.Text.Json;

namespace Ring.Tracing;

/// <summary>Makes records of a line: all that it holds, or the one fault that it is.</summary>
/// <remarks>Without state, so safe on any thread.</remarks>
internal static class LineParser
{
    public static IReadOnlyList<LoggedRecord> ReadSpans(ReadOnlyMemory<byte> line, LinePlace place) => Read(line, place, AddSpans);

    public static IReadOnlyList<LoggedRecord> ReadStatistic(ReadOnlyMemory<byte> line, LinePlace place) =>
        Read(line, place, (root, at, records) => records.Add(new LoggedStatistic(root, at)));

    private static List<LoggedRecord> Read(
        ReadOnlyMemory<byte> line, LinePlace place, Action<JsonElement, LinePlace, List<LoggedRecord>> add)
    {
        List<LoggedRecord> records = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            add(document.RootElement, place, records);
            return records;
        }
        catch (Exception exception) when (IsOfTheLine(exception))
        {
            return [new LogFault(place, LogFaultKind.BadLine, exception.Message)];
        }
    }

    /// <summary>
    /// What reading throws when a line is not JSON, a value of the wrong type, a number too large or an id without digits.
    /// </summary>
    private static bool IsOfTheLine(Exception exception) =>
        exception is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException;

    private static void AddSpans(JsonElement root, LinePlace place, List<LoggedRecord> records)
    {
        if (!root.TryGetProperty("resourceSpans", out JsonElement resources))
            throw new FormatException("The line has no resourceSpans.");

        foreach (JsonElement resourceSpans in resources.EnumerateArray())
        {
            LoggedResource resource = new(OtlpJsonReader.Member(resourceSpans, "resource"));
            foreach (JsonElement scopeSpans in OtlpJsonReader.Items(resourceSpans, "scopeSpans"))
                AddScope(scopeSpans, resource, place, records);
        }
    }

    private static void AddScope(JsonElement scopeSpans, LoggedResource resource, LinePlace place, List<LoggedRecord> records)
    {
        LoggedScope scope = new(scopeSpans);
        foreach (JsonElement json in OtlpJsonReader.Items(scopeSpans, "spans"))
        {
            LoggedSpan span = new(json, scope, resource, place);
            records.Add((LoggedRecord?)LoggedGap.From(span) ?? span);
        }
    }
}
