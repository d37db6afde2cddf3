using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class SofaDigestEncoderTests
{
    private const string Common = "time local.app traceId spanId span.kind result.code current.thread.name time.cost.milliseconds";
    private const string Baggage = "sys.baggage biz.baggage";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource() => _source = new SpanSource();

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    private static IEnumerable<TestCaseData> Components()
    {
        yield return Component(
            "HTTP client", ActivityKind.Client, [new("http.request.method", "GET"), new("url.full", "http://x/?a=1,2"),
                new("http.response.status_code", 200), new("http.response.body.size", 42L), new("peer.service", "stock")],
            "request.url method req.size.bytes resp.size.bytes remote.app",
            "200", "http://x/?a=1,2", "GET", "0", "42", "stock");
        yield return Component(
            "HTTP server", ActivityKind.Server, [new("http.request.method", "PUT"), new("url.scheme", "https"),
                new("url.path", "/cart"), new("server.address", "shop.test"), new("server.port", 8443),
                new("http.request.body.size", 7), new("http.response.status_code", 500)],
            "request.url method req.size.bytes resp.size.bytes error",
            "500", "https://shop.test:8443/cart", "PUT", "7B", "0B", "broken");
        yield return Component(
            "HTTP of older libraries", ActivityKind.Client, [new("http.method", "GET"), new("http.url", "http://x/"),
                new("http.status_code", "404")],
            "request.url method req.size.bytes resp.size.bytes remote.app",
            "404", "http://x/", "GET", "0", "0", "");
        yield return Component(
            "database", ActivityKind.Client, [new("db.system.name", "postgresql"), new("db.namespace", "shop"),
                new("db.query.text", "select 1,\n2"), new("server.address", "db"), new("server.port", 5432)],
            "database.name sql connection.establish.span db.execute.cost database.type database.endpoint",
            "failed", "shop", "select 1,\n2", "0", "12", "postgresql", "db:5432");
        yield return Component(
            "redis", ActivityKind.Client, [new("db.system", "redis")], "db.type method", "99", "redis", "work");
        yield return Component(
            "RPC client", ActivityKind.Client, [new("rpc.system", "grpc"), new("rpc.service", "Stock"), new("rpc.method", "Get"),
                new("server.address", "stock"), new("server.port", 81), new("error.type", "timeout")],
            "protocol service method invoke.type remote.host remote.port local.host client.serialize.time client.deserialize.time "
                + "req.size.bytes resp.size.bytes error",
            "03", "grpc", "Stock", "Get", "", "stock", "81", "", "0", "0", "0", "0", "broken");
        yield return Component(
            "RPC server", ActivityKind.Server, [new("rpc.system.name", "grpc"), new("rpc.service", "Stock"), new("rpc.method", "Get"),
                new("client.address", "caller"), new("client.port", 82), new("server.address", "stock")],
            "protocol service method invoke.type remote.host remote.port local.host server.serialize.time server.deserialize.time "
                + "req.size.bytes resp.size.bytes error",
            "99", "grpc", "Stock", "Get", "", "caller", "82", "stock", "0", "0", "0", "0", "broken");
        yield return Component(
            "Kafka producer", ActivityKind.Producer, [new("messaging.system", "kafka"), new("messaging.destination.name", "orders"),
                new("messaging.destination.partition.id", "3")],
            "kafka.topic kafka.partition error", "99", "orders", "3", "broken");
        yield return Component(
            "Kafka consumer", ActivityKind.Consumer, [new("messaging.system", "kafka"), new("messaging.destination.name", "orders"),
                new("messaging.destination.partition.id", "3"), new("messaging.kafka.offset", 99L)],
            "kafka.topic kafka.partition kafka.offset", "99", "orders", "3", "99");
        yield return Component(
            "other messages", ActivityKind.Producer, [new("messaging.system", "rabbitmq"), new("messaging.destination.name", "orders"),
                new("messaging.message.id", "m1")],
            "msg.topic msg.id error", "99", "orders", "m1", "broken");
    }

    [TestCaseSource(nameof(Components))]
    public void The_cells_of_a_line_are_the_common_ones_those_of_the_component_and_the_baggage(
        ActivityKind kind, KeyValuePair<string, object?>[] tags, string fields, string[] values)
    {
        SpanEvent span = Capture(kind, tags);
        string kindName = kind is ActivityKind.Server or ActivityKind.Consumer ? "server" : "client";

        Assert.That(SofaLine.Cells(Line(span, asJson: false)), Is.EqualTo(
        [
            "2026-01-02 03:04:05.678", "shop", span.TraceId.ToHexString(), span.SpanId.ToHexString(), kindName, values[0], "", "12ms",
            .. values[1..], "", "",
        ]));
    }

    [TestCaseSource(nameof(Components))]
    public void The_JSON_form_has_the_same_fields_by_name(
        ActivityKind kind, KeyValuePair<string, object?>[] tags, string fields, string[] values)
    {
        JsonProperty[] members = SofaLine.Members(Line(Capture(kind, tags), asJson: true));
        string[] expected = $"{Common} {fields}".Split(' ');

        Assert.Multiple(() =>
        {
            Assert.That(members.Take(expected.Length).Select(member => member.Name), Is.EqualTo(expected));
            Assert.That(members.TakeLast(2).Select(member => member.Name), Is.EqualTo(Baggage.Split(' ')));
            Assert.That(
                members.Skip(8).Take(expected.Length - 8).Select(TextOf), Is.EqualTo(values[1..].Select(value => SizeOf(value))));
            Assert.That(members[5].Value.GetString(), Is.EqualTo(values[0]));
        });
    }

    [Test]
    public void A_span_of_no_known_component_has_its_name_as_method_and_all_tags_in_both_forms()
    {
        SpanEvent span = Capture(ActivityKind.Internal, [new("b", 1), new("a", "x,y"), new("method", true)]);

        Assert.Multiple(() =>
        {
            Assert.That(
                SofaLine.Members(Line(span, asJson: true)).Skip(8).Select(member => member.ToString()),
                Is.EqualTo(
                [
                    "\"method\":\"work\"", "\"error\":\"broken\"", "\"b\":1", "\"a\":\"x,y\"", "\"tag.method\":true",
                    "\"sys.baggage\":\"\"", "\"biz.baggage\":\"\"",
                ]));
            Assert.That(
                Line(span, asJson: false).Split(',')[8..],
                Is.EqualTo(["work", "error=broken&b=1&a=x%2Cy&tag.method=true&", "", ""]));
        });
    }

    [Test]
    public void What_has_no_field_follows_those_of_the_component_in_JSON_and_is_left_out_between_commas()
    {
        SpanEvent span = Capture(
            ActivityKind.Client,
            [new("http.request.method", "GET"), new("url.full", "http://x/"), new("z", null), new("ratio", 0.5), new("nan", double.NaN)]);
        string[] members = [.. SofaLine.Members(Line(span, asJson: true)).Skip(13).Select(member => member.ToString())];

        Assert.Multiple(() =>
        {
            Assert.That(members, Is.EqualTo(
            [
                "\"span.name\":\"work\"", "\"error\":\"broken\"", "\"z\":null", "\"ratio\":0.5", "\"nan\":\"NaN\"",
                "\"sys.baggage\":\"\"", "\"biz.baggage\":\"\"",
            ]));
            Assert.That(SofaLine.Cells(Line(span, asJson: false)), Has.Length.EqualTo(15));
        });
    }

    [Test]
    public void The_parent_of_a_span_is_named()
    {
        using Activity parent = _source.Source.StartActivity("parent")!;
        SpanEvent span = _source.Capture();

        Assert.That(
            SofaLine.Members(Line(span, asJson: true)).Single(member => member.NameEquals("parent.span.id")).Value.GetString(),
            Is.EqualTo(parent.SpanId.ToHexString()));
    }

    [Test]
    public void A_parent_of_zeros_is_none([Values] bool asJson)
    {
        SpanEvent span = new();
        Activity activity = new("work");
        activity.SetParentId(ActivityTraceId.CreateRandom(), default).Start().Stop();
        span.Capture(activity);

        Assert.That(span.IsRoot, Is.True);
        Assert.That(Line(span, asJson), Does.Not.Contain("parent.span.id"));
    }

    [Test]
    public void The_parent_is_not_cut_as_texts_of_attributes_are()
    {
        using Activity parent = _source.Source.StartActivity("parent")!;
        SofaDigestEncoder encoder = new("shop", asJson: false, [], textLength: 5);
        encoder.Add(_source.Capture(activity => activity.SetStatus(ActivityStatusCode.Error, "a long message")));

        Assert.That(Complete(encoder), Does.Contain($"parent.span.id={parent.SpanId.ToHexString()}&error=a long message&"));
    }

    [Test]
    public void A_load_test_is_marked_in_the_business_baggage([Values] bool asJson)
    {
        string line = Line(_source.Capture(activity => activity.AddBaggage("mark", "T")), asJson);

        Assert.That(line, asJson ? Does.EndWith(",\"sys.baggage\":\"\",\"biz.baggage\":\"mark=T&\"}") : Does.EndWith(",,mark=T&"));
    }

    [Test]
    public void Captured_baggage_is_in_the_business_baggage_and_no_tag([Values] bool asJson)
    {
        string[] keys = ["tenant", "a=b", "mark", "none"];
        SpanEvent span = CaptureWithBaggage(keys, activity => activity
            .AddBaggage("mark", "T").AddBaggage("tenant", "b,\"lue\"").AddBaggage("a=b", "c&d").AddBaggage("secret", "x"));

        string line = Line(span, asJson, baggageKeys: keys);

        const string Pairs = "mark=T&tenant=b%2C%22lue%22&a%3Db=c%26d&";
        Assert.That(line, asJson ? Does.EndWith($",\"method\":\"work\",\"sys.baggage\":\"\",\"biz.baggage\":\"{Pairs}\"}}") : Does.EndWith($",work,,,{Pairs}"));
    }

    [Test]
    public void Values_are_cut_to_the_length_that_is_asked_for_and_names_are_not([Values] bool asJson)
    {
        string[] keys = ["tenant"];
        SpanEvent span = CaptureWithBaggage(keys, activity => activity
            .AddBaggage("tenant", "0123456789").AddTag("text key", "0123456789").AddTag("thread.name", "0123456789").AddTag("number", 123456789));
        SofaDigestEncoder encoder = new("service", asJson, keys, textLength: 5);
        encoder.Add(span);

        string line = Complete(encoder);

        Assert.That(line, asJson
            ? Does.Contain("\"service\"").And.Contain("\"text key\":\"01234\"").And.Contain("123456789").And.Contain("\"tenant=01234&\"")
            : Does.Contain(",service,").And.Contain("text key=01234&number=123456789&,,tenant=01234&"));
        Assert.That(line, Does.Contain(asJson ? "\"current.thread.name\":\"01234\"" : ",01234,"));
    }

    [Test]
    public void Baggage_without_room_is_counted_as_dropped()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => "key" + i)];
        SpanEvent span = CaptureWithBaggage(keys, activity => Array.ForEach(keys, key => activity.AddBaggage(key, new string('x', 2_000))));

        JsonProperty[] members = SofaLine.Members(Line(span, asJson: true, baggageKeys: keys));

        int kept = members.Single(member => member.NameEquals("biz.baggage")).Value.GetString()!.Split('&', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.That(kept, Is.EqualTo(12));
        Assert.That(members.Single(member => member.NameEquals("dropped.tags")).Value.GetInt32(), Is.EqualTo(8));
    }

    [Test]
    public void A_success_says_so()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ResultOf(_source.Capture()), Is.EqualTo("00"));
            Assert.That(ResultOf(_source.Capture(activity => activity.AddTag("db.system", "sqlite"))), Is.EqualTo("success"));
            Assert.That(
                ResultOf(_source.Capture(activity => activity.AddTag("http.request.method", "GET"), kind: ActivityKind.Client)),
                Is.EqualTo("00"));
        });
    }

    [Test]
    public void An_error_without_a_message_says_its_type()
    {
        SpanEvent span = _source.Capture(
            activity => activity.AddTag("rpc.system", "grpc").AddTag("error.type", "UNAVAILABLE").SetStatus(ActivityStatusCode.Error));

        Assert.That(
            SofaLine.Members(Line(span, asJson: true)).Single(member => member.NameEquals("error")).Value.GetString(),
            Is.EqualTo("UNAVAILABLE"));
    }

    [Test]
    public void A_tag_that_names_the_thread_is_its_field()
    {
        SpanEvent span = _source.Capture(activity => activity.AddTag("thread.name", "main"));

        Assert.That(SofaLine.Cells(Line(span, asJson: false))[6], Is.EqualTo("main"));
    }

    [Test]
    public void A_size_that_is_no_integer_stays_a_tag()
    {
        SpanEvent span = Capture(ActivityKind.Client, [new("http.request.method", "GET"), new("http.request.body.size", "many")]);
        JsonProperty[] members = SofaLine.Members(Line(span, asJson: true));

        Assert.Multiple(() =>
        {
            Assert.That(members.Single(member => member.NameEquals("req.size.bytes")).Value.GetInt64(), Is.Zero);
            Assert.That(members.Single(member => member.NameEquals("http.request.body.size")).Value.GetString(), Is.EqualTo("many"));
        });
    }

    [Test]
    public void Values_that_cannot_be_read_and_empty_keys_are_counted([Values] bool asJson)
    {
        string line = Line(
            _source.Capture(activity => activity.AddTag("bad", new Unreadable()).AddTag("", 1).AddTag("good", new[] { 1, 2 })), asJson);

        Assert.That(line, asJson
            ? Does.Contain(",\"good\":\"1,2\",\"dropped.tags\":2,")
            : Does.Contain(",good=1%2C2&dropped.tags=2&,"));
    }

    [Test]
    public void Tags_without_end_and_of_a_megabyte_make_a_line_that_is_bounded_and_counts_what_it_lacks([Values] bool asJson)
    {
        string huge = new('\u0001', 1_000_000);
        string line = Line(
            _source.Capture(
                activity =>
                {
                    activity.SetStatus(ActivityStatusCode.Error, huge);
                    for (int i = 0; i < 10_000; i++)
                        activity.AddTag("key" + i, huge);
                },
                huge),
            asJson);

        Assert.Multiple(() =>
        {
            Assert.That(Strict.GetByteCount(line), Is.LessThan(OtlpLimits.LineLimit));
            Assert.That(line, Does.Match("dropped.tags[\":=]+99[0-9]{2}"));
        });
    }

    [Test]
    public void A_span_whose_end_is_beyond_all_times_has_the_last_one()
    {
        SpanEvent span = _source.Capture(activity =>
        {
            DateTime last = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
            activity.SetEndTime(last);
            activity.SetStartTime(last);
        });

        Assert.That(SofaLine.Cells(Line(span, asJson: false))[0], Is.EqualTo("9999-12-31 23:59:59.999"));
    }

    [Property(MaxTest = 300)]
    public Property Whatever_the_values_are_a_line_is_valid_and_splits_into_its_fields() =>
        Prop.ForAll(SofaLine.Texts().Three().Zip(Gen.Elements(true, false)).ToArbitrary(), input =>
        {
            ((string service, string name, string value), bool isHttp) = input;
            SpanEvent span = _source.Capture(
                activity => activity.AddTag(isHttp ? "http.request.method" : "any", value).AddTag("key" + value, value), name, ActivityKind.Server);
            string[] cells = Line(span, asJson: false, service).Split(',');
            JsonProperty[] members = SofaLine.Members(Line(span, asJson: true, service));
            (service, name, value) = (SofaLine.AsWritten(service), SofaLine.AsWritten(name), SofaLine.AsWritten(value));
            string key = SofaLine.AsWritten("key" + value);

            Assert.That(SofaLine.Decode(cells[1]), Is.EqualTo(service));
            Assert.That(members[1].Value.GetString(), Is.EqualTo(service));
            Assert.That(members.Single(member => member.NameEquals(key)).Value.GetString(), Is.EqualTo(value));
            Assert.That(cells, Has.Length.EqualTo(isHttp ? 15 : 12));
            if (isHttp)
                Assert.That((SofaLine.Decode(cells[9]), members[9].Value.GetString()), Is.EqualTo((value, value)));
            else
                Assert.That(SofaLine.Pairs(cells[9]), Is.EqualTo([("any", value), (key, value)]));

            Assert.That(isHttp ? name : SofaLine.Decode(cells[8]), Is.EqualTo(name));
        });

    [Test]
    public void A_span_that_fails_leaves_the_others_untouched()
    {
        SofaDigestEncoder encoder = new("shop", asJson: true, []);
        encoder.Add(_source.Capture());
        int bytes = encoder.PendingBytes;

        Assert.That(() => encoder.Add(null!), Throws.InstanceOf<NullReferenceException>());
        Assert.That((encoder.PendingBytes, encoder.PendingSpans), Is.EqualTo((bytes, 1)));
    }

    [Test]
    public void A_tag_that_had_a_field_in_one_span_is_written_in_the_next_where_it_has_none()
    {
        SofaDigestEncoder encoder = new("shop", asJson: false, []);
        encoder.Add(_source.Capture(activity => activity.AddTag("thread.name", "main")));
        encoder.Add(_source.Capture(activity => activity.AddTag("other", 1)));

        Assert.That(Complete(encoder).Split('\n')[1], Does.EndWith(",work,other=1&,,"));
    }

    [Test]
    public void Spans_are_collected_until_the_lines_are_completed_or_abandoned()
    {
        SofaDigestEncoder encoder = new("shop", asJson: false, []);
        encoder.Add(_source.Capture());
        encoder.Add(_source.Capture());
        Assert.That((encoder.PendingSpans, encoder.PendingBytes > 0), Is.EqualTo((2, true)));

        Assert.That(Complete(encoder).Split('\n'), Has.Length.EqualTo(3));
        encoder.Add(_source.Capture());
        encoder.Abandon();
        Assert.That((encoder.PendingSpans, encoder.PendingBytes, Complete(encoder)), Is.EqualTo((0, 0, "")));
    }

    [Test]
    public void Encoding_allocates_nothing_in_steady_state()
    {
        SpanEvent span = Capture(
            ActivityKind.Server,
            [new("http.request.method", "GET"), new("url.scheme", "http"), new("server.address", "x"), new("server.port", 80),
                new("url.path", "/"), new("http.response.status_code", 200), new("http.route", "/"), new("retries", 3)]);
        SofaDigestEncoder encoder = new("shop", asJson: true, []);
        Utf8Buffer output = new(100_000);

        Assert.That(Support.Allocations.Of(() => EncodeMany(encoder, output, span)), Is.Zero);
    }

    private static void EncodeMany(SofaDigestEncoder encoder, Utf8Buffer output, SpanEvent span)
    {
        for (int i = 0; i < 100; i++)
            encoder.Add(span);

        output.Clear();
        encoder.CompleteLines(output);
    }

    private static TestCaseData Component(
        string name, ActivityKind kind, KeyValuePair<string, object?>[] tags, string fields, params string[] values) =>
        new TestCaseData(kind, tags, fields, values).SetArgDisplayNames(name);

    private static string TextOf(JsonProperty member) => member.Value.ToString();

    /// <summary>A size has its unit only between commas.</summary>
    private static string SizeOf(string value) => value is "7B" or "0B" ? value[..^1] : value;

    private static string ResultOf(SpanEvent span) => SofaLine.Cells(Line(span, asJson: false))[5];

    private static string Line(SpanEvent span, bool asJson, string service = "shop", string[]? baggageKeys = null)
    {
        SofaDigestEncoder encoder = new(service, asJson, baggageKeys ?? []);
        encoder.Add(span);
        string line = Complete(encoder);
        Assert.That(line, Does.EndWith("\n"));
        Assert.That(line.IndexOfAny(['\n', '\r']), Is.EqualTo(line.Length - 1));
        return line[..^1];
    }

    private static string Complete(SofaDigestEncoder encoder)
    {
        Utf8Buffer output = new(1);
        encoder.CompleteLines(output);
        return Strict.GetString(output.Bytes, 0, output.Length);
    }

    private SpanEvent CaptureWithBaggage(string[] keys, Action<Activity> fill)
    {
        SpanEvent span = new();
        CaptureRules rules = new(keys, TraceLogOptions.HasLoadTestMark);
        Activity activity = _source.Finish(fill);
        span.Capture(activity);
        span.IsLoadTest = rules.IsLoadTest(activity);
        rules.CopyBaggage(span, activity);
        return span;
    }

    private SpanEvent Capture(ActivityKind kind, KeyValuePair<string, object?>[] tags)
    {
        DateTime end = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        return _source.Capture(
            activity =>
            {
                activity.SetStartTime(end.AddMilliseconds(-12));
                activity.SetEndTime(end);
                activity.SetStatus(ActivityStatusCode.Error, "broken");
                foreach (KeyValuePair<string, object?> tag in tags)
                    activity.AddTag(tag.Key, tag.Value);
            },
            kind: kind);
    }

    private sealed class Unreadable
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
