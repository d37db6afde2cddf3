using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ring.Tests.Tracing;

/// <summary>
/// Reads OTLP/JSON lines as strictly as the specification allows, and shares no code with the writer. Receivers ignore fields
/// that they do not know, so a misspelt one would be lost without a word: here it fails.
/// </summary>
internal static class OtlpReader
{
    private const int LineLimit = 256 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static List<OtlpSpan> ReadFiles(IEnumerable<string> paths)
    {
        List<OtlpSpan> spans = [];
        foreach (string path in paths)
            spans.AddRange(Read(ReadShared(path)));

        return spans;
    }

    /// <summary>Reads a file that its writer may still have open.</summary>
    public static byte[] ReadShared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream copy = new();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    public static List<OtlpSpan> Read(byte[] content)
    {
        List<OtlpSpan> spans = [];
        int start = 0;
        while (start < content.Length)
        {
            int end = Array.IndexOf(content, (byte)'\n', start);
            Assert.That(end, Is.GreaterThan(start), "A file ends with a whole line, and no line is empty.");
            Assert.That(end - start, Is.LessThanOrEqualTo(LineLimit), "Readers cut long lines.");
            ReadLine(Strict.GetString(content, start, end - start), spans);
            start = end + 1;
        }

        return spans;
    }

    private static void ReadLine(string line, List<OtlpSpan> spans)
    {
        using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonElement root = document.RootElement.Clone();
        Only(root, "resourceSpans");
        foreach (JsonElement resourceSpans in root.GetProperty("resourceSpans").EnumerateArray())
        {
            Only(resourceSpans, "scopeSpans", "resource");
            JsonElement resource = resourceSpans.GetProperty("resource");
            Only(resource, "attributes", "droppedAttributesCount");
            CheckAttributes(resource);
            foreach (JsonElement scopeSpans in resourceSpans.GetProperty("scopeSpans").EnumerateArray())
                ReadScope(scopeSpans, resource, spans);
        }
    }

    private static void ReadScope(JsonElement scopeSpans, JsonElement resource, List<OtlpSpan> spans)
    {
        Only(scopeSpans, "spans", "scope", "schemaUrl");
        JsonElement scope = scopeSpans.GetProperty("scope");
        Only(scope, "name", "version", "attributes", "droppedAttributesCount");
        CheckAttributes(scope);
        foreach (JsonElement span in scopeSpans.GetProperty("spans").EnumerateArray())
        {
            CheckSpan(span);
            spans.Add(new OtlpSpan(span, scope, resource));
        }
    }

    private static void CheckSpan(JsonElement span)
    {
        Only(
            span,
            "traceId", "spanId", "parentSpanId", "traceState", "flags", "name", "kind", "startTimeUnixNano", "endTimeUnixNano",
            "attributes", "droppedAttributesCount", "events", "droppedEventsCount", "links", "droppedLinksCount", "status");
        CheckIds(span);
        if (span.TryGetProperty("parentSpanId", out JsonElement parent))
            CheckHex(parent, 16);

        Assert.That(span.GetProperty("name").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(span.GetProperty("kind").GetInt32(), Is.InRange(1, 5));
        Assert.That(Nanoseconds(span, "endTimeUnixNano"), Is.GreaterThanOrEqualTo(Nanoseconds(span, "startTimeUnixNano")));
        CheckAttributes(span);
        CheckCounts(span, "droppedEventsCount", "droppedLinksCount");
        CheckEvents(span);
        CheckLinks(span);
        CheckStatus(span);
    }

    private static void CheckEvents(JsonElement span)
    {
        if (!span.TryGetProperty("events", out JsonElement events))
            return;

        foreach (JsonElement item in events.EnumerateArray())
        {
            Only(item, "timeUnixNano", "name", "attributes", "droppedAttributesCount");
            Nanoseconds(item, "timeUnixNano");
            Assert.That(item.GetProperty("name").ValueKind, Is.EqualTo(JsonValueKind.String));
            CheckAttributes(item);
        }
    }

    private static void CheckLinks(JsonElement span)
    {
        if (!span.TryGetProperty("links", out JsonElement links))
            return;

        foreach (JsonElement link in links.EnumerateArray())
        {
            Only(link, "traceId", "spanId", "traceState", "flags", "attributes", "droppedAttributesCount");
            CheckIds(link);
            CheckAttributes(link);
        }
    }

    private static void CheckStatus(JsonElement span)
    {
        if (!span.TryGetProperty("status", out JsonElement status))
            return;

        Only(status, "code", "message");
        Assert.That(status.GetProperty("code").GetInt32(), Is.InRange(1, 2));
        if (status.TryGetProperty("message", out _))
            Assert.That(status.GetProperty("code").GetInt32(), Is.EqualTo(2), "Only an error has a message.");
    }

    private static void CheckIds(JsonElement owner)
    {
        CheckHex(owner.GetProperty("traceId"), 32);
        CheckHex(owner.GetProperty("spanId"), 16);
        uint flags = owner.GetProperty("flags").GetUInt32();
        Assert.That(flags & ~0x3FFu, Is.Zero, "Bits 10 to 31 are reserved.");
        Assert.That(flags & 0x100, Is.Not.Zero, "Whether the parent is remote is known.");
    }

    private static void CheckHex(JsonElement id, int length)
        => Assert.That(id.GetString(), Does.Match($"^[0-9a-f]{{{length}}}$").And.Not.Match("^0+$"));

    private static ulong Nanoseconds(JsonElement owner, string member)
    {
        JsonElement time = owner.GetProperty(member);
        Assert.That(time.ValueKind, Is.EqualTo(JsonValueKind.String), "64-bit integers are strings.");
        return ulong.Parse(time.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static void CheckAttributes(JsonElement owner)
    {
        CheckCounts(owner, "droppedAttributesCount");
        if (!owner.TryGetProperty("attributes", out JsonElement attributes))
            return;

        HashSet<string> keys = [];
        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            Only(attribute, "key", "value");
            string key = attribute.GetProperty("key").GetString()!;
            Assert.That(key, Is.Not.Empty);
            Assert.That(keys.Add(key), Is.True, $"The key '{key}' is there twice.");
            CheckValue(attribute.GetProperty("value"));
        }

        Assert.That(keys, Is.Not.Empty, "An empty list is left out.");
    }

    private static void CheckCounts(JsonElement owner, params string[] members)
    {
        foreach (string member in members)
        {
            if (owner.TryGetProperty(member, out JsonElement count))
                Assert.That(count.GetUInt32(), Is.GreaterThan(0));
        }
    }

    private static void CheckValue(JsonElement value)
    {
        Only(value, "stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue");
        JsonProperty[] members = [.. value.EnumerateObject()];
        Assert.That(members, Has.Length.LessThanOrEqualTo(1), "A value has one type.");
        foreach (JsonProperty member in members)
            CheckValue(member);
    }

    private static void CheckValue(JsonProperty member)
    {
        switch (member.Name)
        {
            case "stringValue":
                Assert.That(member.Value.ValueKind, Is.EqualTo(JsonValueKind.String));
                break;
            case "boolValue":
                Assert.That(member.Value.ValueKind, Is.EqualTo(JsonValueKind.True).Or.EqualTo(JsonValueKind.False));
                break;
            case "intValue":
                long.Parse(member.Value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            case "doubleValue" when member.Value.ValueKind == JsonValueKind.String:
                Assert.That(member.Value.GetString(), Is.AnyOf("NaN", "Infinity", "-Infinity"));
                break;
            case "doubleValue":
                Assert.That(double.IsFinite(member.Value.GetDouble()), Is.True);
                break;
            case "bytesValue":
                member.Value.GetBytesFromBase64();
                break;
            case "arrayValue":
                Only(member.Value, "values");
                foreach (JsonElement item in member.Value.GetProperty("values").EnumerateArray())
                    CheckValue(item);

                break;
            default:
                CheckPairs(member.Value);
                break;
        }
    }

    private static void CheckPairs(JsonElement list)
    {
        Only(list, "values");
        foreach (JsonElement pair in list.GetProperty("values").EnumerateArray())
        {
            Only(pair, "key", "value");
            Assert.That(pair.GetProperty("key").ValueKind, Is.EqualTo(JsonValueKind.String));
            CheckValue(pair.GetProperty("value"));
        }
    }

    private static void Only(JsonElement owner, params string[] members)
    {
        foreach (JsonProperty member in owner.EnumerateObject())
            Assert.That(member.Name, Is.AnyOf(members));
    }
}
