using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

/// <summary>What the encoder writes and the reader reads are the same, though the two share no code.</summary>
[TestFixture]
public sealed class OtlpRoundTripTests
{
    private static readonly LinePlace Place = new("spans.jsonl", 1);

    [Property(MaxTest = 300)]
    public Property Any_span_reads_back_as_itself() => Prop.ForAll(Spans().ToArbitrary(), content =>
    {
        using SpanSource source = new("1.2\"3", [new("library", "a\u0001b")]);
        SpanEvent[] written = [.. content.Select(span => span.Capture(source.Source))];
        OtlpEncoder encoder = new([new("service.name", "sh\"op"), new("process.pid", 4711L)], new SpanLimitOptions(), redact: null);
        foreach (SpanEvent span in written)
            encoder.Add(span);

        Utf8Buffer line = new(1024);
        encoder.CompleteLines(line);
        LoggedRecord[] read = [.. LineParser.ReadSpans(line.Bytes.AsMemory(0, line.Length), Place)];

        string expected = string.Join('\n', written.Select(Text));
        string received = string.Join('\n', read.Select(record => record is LoggedSpan span ? Text(span) : record.ToString()));
        return (received == expected).Label($"written: {expected}\nread: {received}");
    });

    private static string Text(SpanEvent span)
    {
        DateTime start = new(span.StartTicks, DateTimeKind.Utc);
        string parent = span.ParentSpanId.ToHexString();
        return Text(
            ("ids", $"{span.TraceId} {span.SpanId} {parent} {span.HasRemoteParent} {(int)span.TraceFlags}"),
            ("state", Clean(span.TraceState ?? "")),
            ("name", Clean(span.Name)),
            ("kind", span.Kind),
            ("times", $"{start:O} {start.AddTicks(span.DurationTicks):O}"),
            ("status", span.Status),
            ("description", span.Status == ActivityStatusCode.Error ? Clean(span.StatusDescription ?? "") : ""),
            ("attributes", Expected(Items(span.Tags).Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value)))),
            ("events", Items(span.Events).Select(item =>
                new object?[] { item.Timestamp.UtcDateTime.ToString("O"), Clean(item.Name), Expected(item.Tags) }).ToArray()),
            ("links", Items(span.Links).Select(link => new object?[]
            {
                link.Context.TraceId.ToString(), link.Context.SpanId.ToString(), link.Context.TraceState ?? "", Expected(link.Tags ?? []),
            }).ToArray()),
            ("dropped", "0 0 0"),
            ("scope", $"{span.Source!.Name} 1.2\"3 library=a\u0001b"),
            ("resource", "sh\"op 4711"));
    }

    private static string Text(LoggedSpan span) => Text(
        ("ids", $"{span.TraceId} {span.SpanId} {span.ParentSpanId.ToHexString()} {span.HasRemoteParent} {(int)span.TraceFlags}"),
        ("state", span.TraceState),
        ("name", span.Name),
        ("kind", span.Kind),
        ("times", $"{span.StartTimeUtc:O} {span.EndTimeUtc:O}"),
        ("status", span.Status),
        ("description", span.StatusDescription),
        ("attributes", span.Attributes),
        ("events", span.Events.Select(item => new object?[] { item.TimeUtc.ToString("O"), item.Name, item.Attributes }).ToArray()),
        ("links", span.Links.Select(link => new object?[]
        {
            link.TraceId.ToString(), link.SpanId.ToString(), link.TraceState, link.Attributes,
        }).ToArray()),
        ("dropped", $"{span.DroppedAttributeCount} {span.DroppedEventCount} {span.DroppedLinkCount}"),
        ("scope", $"{span.Scope.Name} {span.Scope.Version} library={span.Scope.Attributes["library"]}"),
        ("resource", $"{span.Resource.ServiceName} {span.Resource.Attributes["process.pid"]}"));

    private static string Text(params (string Name, object? Value)[] members)
    {
        StringBuilder text = new();
        foreach ((string name, object? value) in members)
            Append(text.Append(name).Append('='), value);

        return text.ToString();
    }

    /// <summary>Any value with its type, so that 1 and "1" differ, and 0 and -0 do.</summary>
    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case byte[] bytes:
                text.Append(Convert.ToHexString(bytes)).Append(':');
                break;
            case object?[] items:
                text.Append('[');
                Array.ForEach(items, item => Append(text, item));
                text.Append(']');
                break;
            case IReadOnlyDictionary<string, object?> pairs:
                text.Append('{');
                foreach (KeyValuePair<string, object?> pair in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    Append(text.Append(pair.Key).Append('='), pair.Value);

                text.Append('}');
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value?.GetType().Name} {value};");
                break;
        }
    }

    private static Dictionary<string, object?> Expected(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        Dictionary<string, object?> expected = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> pair in pairs)
            expected[Clean(pair.Key)] = Expected(pair.Value);

        return expected;
    }

    /// <summary>What a value becomes: OTLP has few types.</summary>
    private static object? Expected(object? value) => value switch
    {
        string text => Clean(text),
        char character => Clean(character.ToString()),
        int or byte or short => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        decimal or Int128 => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        float number => (double)number,
        byte[] => value,
        Array items => items.Cast<object?>().Select(Expected).ToArray(),
        Dictionary<string, object?> pairs => Expected(pairs),
        _ => value,
    };

    /// <summary>A lone surrogate is no character: it becomes U+FFFD.</summary>
    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<T> Items<T>(BoundedList<T> list) => Enumerable.Range(0, list.Count).Select(index => list[index]);

    private static Gen<SpanContent[]> Spans() => Span().NonEmptyListOf().Select(spans => spans.Take(5).ToArray());

    private static Gen<SpanContent> Span() =>
        from name in Words()
        from kind in Gen.Choose(0, 4)
        from status in Gen.Choose(0, 2)
        from description in Words()
        from tags in Tags()
        from events in Tags()
        from links in Tags()
        from parent in Gen.Choose(0, 2)
        from times in Gen.Choose(0, int.MaxValue).Two()
        select new SpanContent(name, (ActivityKind)kind, (ActivityStatusCode)status, description)
        {
            Tags = tags,
            Events = events,
            Links = links,
            Parent = parent,
            Start = DateTime.UnixEpoch.AddTicks(times.Item1 * 7_777_777L),
            Duration = TimeSpan.FromTicks(times.Item2 + 1L),
        };

    private static Gen<KeyValuePair<string, object?>[]> Tags() =>
        (from key in Words()
         from value in Values(depth: 3)
         select new KeyValuePair<string, object?>("t" + key, value)).ArrayOf().Select(tags => tags.Take(20).ToArray());

    private static Gen<object?> Values(int depth)
    {
        Gen<object?> simple = Gen.OneOf(
            Words().Select(text => (object?)text),
            Gen.Elements<object?>(null, true, false, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon),
            Gen.Elements<object?>(long.MinValue, long.MaxValue, ulong.MaxValue, (ulong)long.MaxValue, decimal.MaxValue, Int128.MinValue),
            Gen.Elements<object?>('"', '\ud800', (byte)255, (short)-1, 0.1f, float.NaN, 1.5m),
            ArbMap.Default.GeneratorFor<double>().Select(number => (object?)number),
            ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => (object?)bytes));
        if (depth == 0)
            return simple;

        Gen<object?[]> items = Values(depth - 1).ArrayOf().Select(values => values.Take(4).ToArray());
        return Gen.Frequency(
            (4, simple),
            (1, items.Select(values => (object?)values)),
            (1, items.Select(values => (object?)values.Index().ToDictionary(item => $"k\"{item.Index}\n", item => item.Item))));
    }

    private static Gen<string> Words()
    {
        Gen<char> any = Gen.Choose(0, char.MaxValue).Select(code => (char)code);
        Gen<char> nasty = Gen.Elements('"', '\\', '\n', '\0', '\u001f', '\ud83d', '\ude00', '\u2028', 'a', 'b');
        return Gen.Frequency((1, any), (3, nasty)).ArrayOf().Select(characters => new string(characters));
    }
}
