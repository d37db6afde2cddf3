using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class ReadingRobustnessTests
{
    private static readonly LinePlace Place = new("spans.jsonl", 1);

    private ReadingFixture _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new ReadingFixture();

    [TearDown]
    public void RemoveFolder() => _files.Dispose();

    [Test]
    public void A_file_cut_at_any_byte_yields_its_whole_lines_and_at_most_one_torn_tail()
    {
        byte[] whole = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 3).Select(id => OtlpText.Line([OtlpText.Span(id)]))));
        for (int length = 0; length <= whole.Length; length++)
        {
            _files.Write("spans.jsonl", whole[..length]);
            LoggedRecord[] records = [.. _files.Reader.Read()];

            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            bool isTorn = length > 0 && whole[length - 1] != '\n';
            Assert.That(records.OfType<LoggedSpan>().Count(), Is.EqualTo(lines), $"cut after {length} bytes");
            Assert.That(
                records.OfType<LogFault>().Select(fault => fault.Kind),
                Is.EqualTo(isTorn ? [LogFaultKind.TornTail] : Array.Empty<LogFaultKind>()),
                $"cut after {length} bytes");
        }
    }

    [Test]
    public void A_compressed_file_cut_at_any_byte_yields_whole_lines_and_one_fault()
    {
        byte[] whole = ReadingFixture.Compress(string.Concat(Enumerable.Range(1, 3).Select(id => OtlpText.Line([OtlpText.Span(id)]))));
        for (int length = 0; length < whole.Length; length++)
        {
            _files.Write("spans.jsonl.gz", whole[..length]);
            LoggedRecord[] records = [.. _files.Reader.Read()];

            string[] names = [.. records.OfType<LoggedSpan>().Select(span => span.Name)];
            Assert.That(names, Is.EqualTo(new[] { "s1", "s2", "s3" }.Take(names.Length)), $"cut after {length} bytes");
            Assert.That(records.OfType<LogFault>().Count(), Is.EqualTo(1), $"cut after {length} bytes");
        }
    }

    [Property(MaxTest = 300)]
    public Property Any_bytes_are_read_without_an_exception() => Prop.ForAll(Garbage().ToArbitrary(), bytes =>
    {
        _files.Write("spans.jsonl", bytes);
        _files.Write("rows.stat.ndjson", bytes);
        _files.Write("spans.jsonl.gz", bytes);
        TraceLogCheck check = _files.Reader.Check();
        return check.BadLineCount + check.TornTailCount >= (bytes.Length == 0 ? 0 : 2);
    });

    [Property(MaxTest = 500)]
    public Property A_line_with_some_bytes_changed_is_read_or_told()
    {
        byte[] line = Encoding.UTF8.GetBytes(FullLine());
        Gen<(int At, int Value)> change = Gen.Choose(0, line.Length - 1).Zip(Gen.Choose(0, 255)).Select(pair => (pair.Item1, pair.Item2));
        return Prop.ForAll(change.NonEmptyListOf().ToArbitrary(), changes =>
        {
            byte[] changed = (byte[])line.Clone();
            foreach ((int at, int value) in changes)
                changed[at] = (byte)value;

            return IsReadOrTold(changed);
        });
    }

    [Test]
    public void Every_value_of_a_line_may_be_any_other()
    {
        string[] others =
            ["null", "true", "-1", "1.5", "1e400", "99999999999999999999", "\"x\"", "\"\\ud800\"", "\"\"", "[]", "[null]", "{}"];
        JsonNode root = JsonNode.Parse(FullLine())!;
        foreach (string path in PathsOf(root))
        {
            foreach (string other in others)
            {
                JsonNode changed = JsonNode.Parse(FullLine())!;
                Replace(changed, path, JsonValue.Create("other"));
                string line = changed.ToJsonString().Replace("\"other\"", other, StringComparison.Ordinal);
                Assert.That(IsReadOrTold(Encoding.UTF8.GetBytes(line)), Is.True, $"{path} is {other}");
            }
        }
    }

    /// <summary>Records of the line, of which a fault is the only one.</summary>
    private static bool IsReadOrTold(byte[] line)
    {
        IReadOnlyList<LoggedRecord> records = LineParser.ReadSpans(line, Place);
        return records.Count == 1 || !records.Any(record => record is LogFault);
    }

    private static string FullLine() => OtlpText.Line([OtlpText.Span(1, parent: 2, members: """
        "kind":2,"traceState":"a=b","status":{"code":2,"message":"broken"},"droppedAttributesCount":1,"attributes":[
        {"key":"s","value":{"stringValue":"x"}},{"key":"b","value":{"boolValue":true}},{"key":"i","value":{"intValue":"7"}},
        {"key":"d","value":{"doubleValue":1.5}},{"key":"n","value":{"doubleValue":"NaN"}},{"key":"y","value":{"bytesValue":"AQL/"}},
        {"key":"a","value":{"arrayValue":{"values":[{},{"intValue":"1"}]}}},
        {"key":"k","value":{"kvlistValue":{"values":[{"key":"x","value":{"boolValue":false}}]}}}],
        "events":[{"timeUnixNano":"1","name":"e","attributes":[]}],
        "links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b7","traceState":"c=d","attributes":[]}],
        """.ReplaceLineEndings(""))]);

    private static Gen<byte[]> Garbage()
    {
        Gen<byte[]> random = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        Gen<byte[]> json = Gen.Elements("{", "}", "[", "]", "\"resourceSpans\"", ":", ",", "\n", "\r\n", "1", "null", "\"\\ud800\"", "\0")
            .ArrayOf().Select(words => Encoding.UTF8.GetBytes(string.Concat(words)));
        return Gen.OneOf(random, json);
    }

    private static List<string> PathsOf(JsonNode root)
    {
        List<string> paths = [];
        Collect(root, paths);
        return paths;
    }

    private static void Collect(JsonNode? node, List<string> paths)
    {
        if (node is null)
            return;

        if (node.Parent is not null)
            paths.Add(node.GetPath());

        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode? child in children)
            Collect(child, paths);
    }

    private static void Replace(JsonNode root, string path, JsonNode? other)
    {
        JsonNode found = Find(root, path)!;
        if (found.Parent is JsonArray items)
            items[found.GetElementIndex()] = other;
        else
            found.Parent!.AsObject()[found.GetPropertyName()] = other;
    }

    private static JsonNode? Find(JsonNode? node, string path)
    {
        if (node is null || node.GetPath() == path)
            return node;

        IEnumerable<JsonNode?> children = node is JsonObject members ? members.Select(member => member.Value) : node.AsArray();
        return children.Where(child => child is not null && path.StartsWith(child.GetPath(), StringComparison.Ordinal))
            .Select(child => Find(child, path)).FirstOrDefault(found => found is not null);
    }
}
