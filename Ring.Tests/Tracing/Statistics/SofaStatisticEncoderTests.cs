using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class SofaStatisticEncoderTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc);
    private static readonly DateTime End = new(2026, 1, 2, 3, 5, 0, 7, DateTimeKind.Utc);

    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource() => _source = new SpanSource();

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void A_row_is_a_line_of_its_successes_and_one_of_its_errors()
    {
        SpanEvent[] spans = [Span(10), Span(20), Span(7, ActivityStatusCode.Error)];

        Assert.Multiple(() =>
        {
            Assert.That(Lines(StatisticFormat.SofaJson, [], spans), Is.EqualTo(
            [
                """{"time":"2026-01-02 03:05:00.007","stat.key":{"local.app":"shop","span.name":"GET /cart","span.kind":"server"},"count":2,"total.cost.milliseconds":30,"success":"Y","load.test":"F"}""",
                """{"time":"2026-01-02 03:05:00.007","stat.key":{"local.app":"shop","span.name":"GET /cart","span.kind":"server"},"count":1,"total.cost.milliseconds":7,"success":"N","load.test":"F"}""",
            ]));
            Assert.That(Lines(StatisticFormat.SofaText, [], spans), Is.EqualTo(
            [
                "2026-01-02 03:05:00.007,shop,GET /cart,server,2,30,Y,F",
                "2026-01-02 03:05:00.007,shop,GET /cart,server,1,7,N,F",
            ]));
        });
    }

    [Test]
    public void A_row_without_successes_or_without_errors_is_one_line() => Assert.Multiple(() =>
    {
        Assert.That(Lines(StatisticFormat.SofaText, [], Span(1)), Has.Length.EqualTo(1));
        Assert.That(Lines(StatisticFormat.SofaText, [], Span(1, ActivityStatusCode.Error)), Has.Length.EqualTo(1));
    });

    [Test]
    public void Attributes_of_the_key_go_by_their_names_in_SOFATracer_each_once()
    {
        string[] attributes = ["http.request.method", "url.path", "http.route", "local.app", "own\"", "http.response.status_code"];
        SpanEvent span = Span(1, ActivityStatusCode.Unset, activity => activity
            .AddTag("http.request.method", "GET").AddTag("url.path", "/a,b").AddTag("http.route", "/{x}")
            .AddTag("http.response.status_code", 200));

        Assert.Multiple(() =>
        {
            using JsonDocument line = JsonDocument.Parse(Lines(StatisticFormat.SofaJson, attributes, span).Single());
            Assert.That(line.RootElement.GetProperty("stat.key").EnumerateObject().Skip(3).Select(member => (member.Name, member.Value.GetString())), Is.EqualTo(
            [
                ("method", "GET"), ("request.url", "/a,b"), ("http.route", "/{x}"), ("tag.local.app", ""), ("own\"", ""), ("result.code", "200"),
            ]));
            Assert.That(
                SofaLine.Cells(Lines(StatisticFormat.SofaText, attributes, span).Single())[4..10],
                Is.EqualTo(["GET", "/a,b", "/{x}", "", "", "200"]));
        });
    }

    [Test]
    public void All_others_are_no_kind_of_span()
    {
        StatisticTable table = new(new(["id"]), 1);
        table.Add(Span(1));
        table.Add(Span(2, ActivityStatusCode.Unset, activity => activity.AddTag("id", 1).AddBaggage("mark", "T")));

        Assert.Multiple(() =>
        {
            Assert.That(Lines(StatisticFormat.SofaText, new StatisticKeyParts(["id"]), table)[^1], Is.EqualTo("2026-01-02 03:05:00.007,shop,,others,,1,2,Y,T"));
        });
    }

    [Test]
    public void What_is_not_in_the_key_is_an_empty_cell()
    {
        StatisticKeyParts parts = new([], hasName: false, hasKind: false);
        StatisticTable table = new(parts, 10);
        table.Add(Span(2));

        Assert.That(Lines(StatisticFormat.SofaText, parts, table), Is.EqualTo(["2026-01-02 03:05:00.007,shop,,,1,2,Y,F"]));
    }

    [Property(MaxTest = 300)]
    public Property Whatever_the_key_is_a_line_splits_into_its_cells() =>
        Prop.ForAll(SofaLine.Texts().Three().ToArbitrary(), texts =>
        {
            (string service, string name, string value) = texts;
            StatisticTable table = new(new(["key"]), 10);
            table.Add(_source.Capture(activity => activity.AddTag("key", value), name));
            string[] cells = SofaLine.Cells(Lines(StatisticFormat.SofaText, new StatisticKeyParts(["key"]), table, service).Single());
            table.Add(_source.Capture(activity => activity.AddTag("key", value), name));
            using JsonDocument line = JsonDocument.Parse(Lines(StatisticFormat.SofaJson, new StatisticKeyParts(["key"]), table, service).Single());
            JsonElement key = line.RootElement.GetProperty("stat.key");
            string[] expected = [SofaLine.AsWritten(service), SofaLine.AsWritten(name), "internal", SofaLine.AsWritten(value)];

            Assert.That(cells, Has.Length.EqualTo(9));
            Assert.That(cells[1..5], Is.EqualTo(expected));
            Assert.That(key.EnumerateObject().Select(member => member.Value.GetString()), Is.EqualTo(expected));
        });

    private static string[] Lines(StatisticFormat format, string[] attributes, params SpanEvent[] spans)
    {
        StatisticKeyParts parts = new(attributes);
        StatisticTable table = new(parts, 10);
        foreach (SpanEvent span in spans)
            table.Add(span);

        return Lines(format, parts, table);
    }

    private static string[] Lines(StatisticFormat format, StatisticKeyParts parts, StatisticTable table, string service = "shop")
    {
        Utf8Buffer output = new(1);
        StatisticEncoder encoder = StatisticEncoder.For(format, service, parts);
        int count = 0;
        table.Drain((key, row) => count += encoder.Append(output, key, row, Start, End));
        string[] lines = Encoding.UTF8.GetString(output.Bytes, 0, output.Length).Split('\n');
        Assert.That(lines, Has.Length.EqualTo(count + 1));
        Assert.That(lines[^1], Is.Empty);
        return lines[..^1];
    }

    private SpanEvent Span(long milliseconds, ActivityStatusCode status = ActivityStatusCode.Unset, Action<Activity>? fill = null) =>
        _source.Capture(
            activity =>
            {
                activity.SetStartTime(Start);
                activity.SetEndTime(Start.AddMilliseconds(milliseconds));
                activity.SetStatus(status);
                fill?.Invoke(activity);
            },
            "GET /cart",
            ActivityKind.Server);
}
