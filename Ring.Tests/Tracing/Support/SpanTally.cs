using System.Globalization;
using System.Text.Json;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>
/// Counts the spans in files too big for <see cref="OtlpReader"/>: each is named for its thread and has its number there as its
/// only attribute.
/// </summary>
internal sealed class SpanTally
{
    private readonly Dictionary<string, List<int>> _numbers = [];

    public SpanTally(IEnumerable<string> paths)
    {
        foreach (string path in paths)
            foreach (string line in File.ReadLines(path))
                Take(line);
    }

    public int Count => _numbers.Values.Sum(numbers => numbers.Count);

    /// <summary>How many spans the files themselves declare as lost.</summary>
    public long Declared { get; private set; }

    /// <summary>The numbers of the spans of each thread, in the order of the file.</summary>
    public IReadOnlyCollection<List<int>> Threads => _numbers.Values;

    private void Take(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        foreach (JsonElement resource in document.RootElement.GetProperty("resourceSpans").EnumerateArray())
            foreach (JsonElement scope in resource.GetProperty("scopeSpans").EnumerateArray())
                foreach (JsonElement span in scope.GetProperty("spans").EnumerateArray())
                    Take(span, isGap: scope.GetProperty("scope").GetProperty("name").GetString() is GapNames.Scope);
    }

    /// <summary>The first attribute of a gap record is its count.</summary>
    private void Take(JsonElement span, bool isGap)
    {
        string thread = span.GetProperty("name").GetString()!;
        string number = span.GetProperty("attributes")[0].GetProperty("value").GetProperty("intValue").GetString()!;
        if (isGap)
        {
            Declared += long.Parse(number, CultureInfo.InvariantCulture);
            return;
        }

        if (!_numbers.TryGetValue(thread, out List<int>? numbers))
            _numbers.Add(thread, numbers = []);

        numbers.Add(int.Parse(number, CultureInfo.InvariantCulture));
    }
}
