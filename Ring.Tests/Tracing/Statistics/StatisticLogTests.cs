using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class StatisticLogTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly int MaxKeys = new StatisticOptions().MaxKeys;

    private ManualClock _clock = null!;
    private TempFolder _folder = null!;
    private RollingFile _file = null!;
    private StatisticLog _log = null!;
    private SpanSource _source = null!;

    [SetUp]
    public void MakeLog()
    {
        _clock = new ManualClock();
        _folder = new TempFolder();
        _source = new SpanSource();
        FileNaming naming = new(_folder.Root, "spans", ".stat.ndjson");
        _file = new RollingFile(naming, 1_000_000, DiskFileOpener.Instance, _clock);
        _log = NewLog(new StatisticOptions());
    }

    [TearDown]
    public void RemoveFolder()
    {
        _file.Dispose();
        _folder.Dispose();
        _source.Dispose();
    }

    [Test]
    public void A_row_counts_and_times_the_spans_of_one_name_and_kind()
    {
        SpanEvent slowest = Span(20_000);
        _log.Add(Span(10_000));
        _log.Add(slowest);
        _log.Add(Span(15, failed: true));
        _log.Finish();

        JsonElement row = Rows().Single();
        Assert.Multiple(() =>
        {
            Assert.That(row.GetProperty("service").GetString(), Is.EqualTo("shop"));
            Assert.That(row.GetProperty("name").GetString(), Is.EqualTo("GET /cart"));
            Assert.That(row.GetProperty("kind").GetString(), Is.EqualTo("server"));
            Assert.That(row.GetProperty("count").GetInt64(), Is.EqualTo(3));
            Assert.That(row.GetProperty("errors").GetInt64(), Is.EqualTo(1));
            Assert.That(row.GetProperty("totalMs").GetRawText(), Is.EqualTo("3.0015"));
            Assert.That(row.GetProperty("minMs").GetRawText(), Is.EqualTo("0.0015"));
            Assert.That(row.GetProperty("maxMs").GetRawText(), Is.EqualTo("2.0000"));
            Assert.That(row.GetProperty("p50Ms").GetDouble(), Is.EqualTo(1).Within(0.01));
            Assert.That(row.GetProperty("p99Ms").GetDouble(), Is.EqualTo(2).Within(0.02));
            Assert.That(row.GetProperty("slowestTraceId").GetString(), Is.EqualTo(slowest.TraceId.ToHexString()));
        });
    }

    [Test]
    public void Each_interval_has_rows_of_its_own()
    {
        _log.Add(Span(10));
        _clock.Advance(Interval);
        _log.WriteIfDue();
        _clock.Advance(Interval);
        _log.WriteIfDue();
        _log.Add(Span(10));
        _log.Add(Span(10));
        _log.Finish();

        List<JsonElement> rows = Rows();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.GetProperty("count").GetInt64()), Is.EqualTo([1L, 2L]));
            Assert.That(rows[0].GetProperty("start").GetDateTime(), Is.EqualTo(_clock.UtcNow - Interval - Interval));
            Assert.That(rows[0].GetProperty("end").GetDateTime(), Is.EqualTo(_clock.UtcNow - Interval));
            Assert.That(rows[1].GetProperty("start").GetDateTime(), Is.EqualTo(_clock.UtcNow));
        });
    }

    [Test]
    public void Before_its_end_an_interval_is_not_written()
    {
        _log.Add(Span(10));
        _clock.Advance(Interval - TimeSpan.FromTicks(1));
        _log.WriteIfDue();

        Assert.That(_file.Paths, Is.Empty);
    }

    [Test]
    public void Intervals_go_on_where_they_were_when_the_wall_clock_is_set_back()
    {
        DateTime start = _clock.UtcNow;
        _log.Add(Span(10));
        _clock.Step(TimeSpan.FromHours(-1));
        _clock.Advance(Interval);
        _log.WriteIfDue();
        _log.Add(Span(10));
        _log.Finish();

        List<JsonElement> rows = Rows();
        Assert.Multiple(() =>
        {
            Assert.That(rows[0].GetProperty("start").GetDateTime(), Is.EqualTo(start));
            Assert.That(rows[0].GetProperty("end").GetDateTime(), Is.EqualTo(start + Interval));
            Assert.That(rows[1].GetProperty("start").GetDateTime(), Is.EqualTo(start + Interval));
        });
    }

    [Test]
    public void The_service_name_kind_attributes_and_load_test_flag_are_written()
    {
        StatisticOptions options = new() { KeyAttributes = { "http.route", "status", "cached", "ratio", "absent" } };
        _log = NewLog(options);
        _log.Add(_source.Capture(activity => activity
            .AddTag("http.route", "/cart/{\"id\"}").AddTag("status", 200).AddTag("cached", true).AddTag("ratio", 0.25)
            .AddBaggage("mark", "T")));
        _log.Finish();

        JsonElement row = Rows().Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                row.GetProperty("attributes").GetRawText(),
                Is.EqualTo("""{"http.route":"/cart/{\"id\"}","status":200,"cached":true,"ratio":0.25,"absent":""}"""));
            Assert.That(row.GetProperty("loadTest").GetBoolean(), Is.True);
        });
    }

    [TestCase(true, false, new[] { "name:GET 1", "name:GET 2" })]
    [TestCase(false, true, new[] { "kind:server", "kind:client" })]
    [TestCase(false, false, new[] { "" })]
    public void Names_and_kinds_can_be_left_out_of_the_key(bool byName, bool byKind, string[] keys)
    {
        _log = NewLog(new StatisticOptions { ByName = byName, ByKind = byKind });
        _log.Add(_source.Capture(name: "GET 1", kind: ActivityKind.Server));
        _log.Add(_source.Capture(name: "GET 2", kind: ActivityKind.Client));
        _log.Finish();

        Assert.That(
            Rows().Select(row => string.Join(' ', row.EnumerateObject()
                .Where(member => member.Name is "name" or "kind").Select(member => $"{member.Name}:{member.Value.GetString()}"))),
            Is.EqualTo(keys));
    }

    [Test]
    public void Load_tests_have_rows_of_their_own_also_among_the_others()
    {
        _log = NewLog(new StatisticOptions { MaxKeys = 2 });
        foreach (string name in new[] { "a", "b" })
        {
            _log.Add(_source.Capture(activity => activity.AddBaggage("mark", "T"), name));
            _log.Add(_source.Capture(name: name));
        }

        _log.Finish();

        Assert.That(
            Rows().Select(row => (row.TryGetProperty("others", out _), row.GetProperty("loadTest").GetBoolean())),
            Is.EqualTo([(false, true), (false, false), (true, false), (true, true)]));
    }

    [Test]
    public void Keys_over_the_limit_are_counted_together()
    {
        for (int i = 0; i < MaxKeys + 5; i++)
            _log.Add(_source.Capture(name: "order " + i));

        _log.Finish();

        List<JsonElement> rows = Rows();
        JsonElement others = rows.Single(row => row.TryGetProperty("others", out _));
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Count.EqualTo(MaxKeys + 1));
            Assert.That(others.GetProperty("count").GetInt64(), Is.EqualTo(5));
        });
    }

    [Test]
    public void A_key_that_was_idle_for_an_interval_makes_room_for_another()
    {
        for (int i = 0; i < MaxKeys; i++)
            _log.Add(_source.Capture(name: "old " + i));

        for (int i = 0; i < 2; i++)
        {
            _clock.Advance(Interval);
            _log.WriteIfDue();
        }

        _log.Add(_source.Capture(name: "new"));
        _log.Finish();

        Assert.That(Rows()[^1].GetProperty("name").GetString(), Is.EqualTo("new"));
    }

    [Test]
    public void An_interval_with_too_many_keys_takes_no_rows_from_the_next()
    {
        for (int i = 0; i < MaxKeys; i++)
            _log.Add(_source.Capture(name: "order " + i));

        _clock.Advance(Interval);
        _log.WriteIfDue();
        _log.Add(_source.Capture(name: "GET /cart"));
        _log.Finish();

        JsonElement last = Rows()[^1];
        Assert.That(last.TryGetProperty("name", out JsonElement name) ? name.GetString() : "others", Is.EqualTo("GET /cart"));
    }

    [Test]
    public void Names_that_are_written_alike_share_a_row()
    {
        string beginning = new('x', OtlpLimits.TextCharacters);
        _log.Add(_source.Capture(name: beginning + "1"));
        _log.Add(_source.Capture(name: beginning + "2"));
        _log.Finish();

        Assert.That(Rows().Single().GetProperty("count").GetInt64(), Is.EqualTo(2));
    }

    private StatisticLog NewLog(StatisticOptions options) => new("shop", options, new LineWriter(_file, _clock), _clock);

    private SpanEvent Span(long ticks, bool failed = false)
    {
        DateTime start = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);
        return _source.Capture(
            activity =>
            {
                activity.SetStartTime(start);
                activity.SetEndTime(start.AddTicks(ticks));
                if (failed)
                    activity.SetStatus(ActivityStatusCode.Error);
            },
            "GET /cart",
            ActivityKind.Server);
    }

    private List<JsonElement> Rows()
    {
        List<JsonElement> rows = [];
        foreach (string path in _file.Paths)
        {
            string text = Encoding.UTF8.GetString(OtlpReader.ReadShared(path));
            Assert.That(text, Does.EndWith("\n"));
            rows.AddRange(text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.Clone()));
        }

        return rows;
    }
}
