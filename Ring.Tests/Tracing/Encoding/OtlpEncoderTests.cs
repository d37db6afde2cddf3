using System.Diagnostics;
using System.Text;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class OtlpEncoderTests
{
    private readonly OtlpEncoder _encoder = new([new("service.name", "shop"), new("process.pid", 4711L)], new SpanLimitOptions(), redact: null);
    private readonly Utf8Buffer _output = new(1024);
    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource()
    {
        _source = new SpanSource("1.2.3", [new("library", "tests")]);
        _output.Clear();
        _encoder.Abandon();
    }

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void A_line_names_the_service_the_scope_and_the_span()
    {
        OtlpSpan span = Encode(_source.Capture(name: "checkout"));

        Assert.Multiple(() =>
        {
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "service.name"), Is.EqualTo("""{"stringValue":"shop"}"""));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "process.pid"), Is.EqualTo("""{"intValue":"4711"}"""));
            Assert.That(span.ScopeName, Is.EqualTo(_source.Source.Name));
            Assert.That(span.Scope.GetProperty("version").GetString(), Is.EqualTo("1.2.3"));
            Assert.That(OtlpSpan.AttributeOf(span.Scope, "library"), Is.EqualTo("""{"stringValue":"tests"}"""));
            Assert.That(span.Name, Is.EqualTo("checkout"));
        });
    }

    [Test]
    public void Ids_are_those_of_the_activity_and_a_root_has_no_parent()
    {
        Activity activity = _source.Finish();
        SpanEvent captured = new();
        captured.Capture(activity);
        OtlpSpan span = Encode(captured);

        Assert.Multiple(() =>
        {
            Assert.That(span.TraceId, Is.EqualTo(activity.TraceId.ToHexString()));
            Assert.That(span.SpanId, Is.EqualTo(activity.SpanId.ToHexString()));
            Assert.That(span.Has("parentSpanId"), Is.False);
            Assert.That(span.Number("flags"), Is.EqualTo(0x100));
        });
    }

    [Test]
    public void A_remote_parent_shows_in_the_flags()
    {
        ActivityContext parent = new(
            ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            ActivityTraceFlags.Recorded,
            "vendor=1",
            isRemote: true);
        using Activity activity = _source.Source.StartActivity("work", ActivityKind.Server, parent)!;
        activity.Stop();
        SpanEvent captured = new();
        captured.Capture(activity);
        OtlpSpan span = Encode(captured);

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("parentSpanId").GetString(), Is.EqualTo(parent.SpanId.ToHexString()));
            Assert.That(span.Number("flags") & ~0xFF, Is.EqualTo(0x300));
            Assert.That(span.Json.GetProperty("traceState").GetString(), Is.EqualTo("vendor=1"));
        });
    }

    [TestCase(ActivityKind.Internal, 1)]
    [TestCase(ActivityKind.Server, 2)]
    [TestCase(ActivityKind.Client, 3)]
    [TestCase(ActivityKind.Producer, 4)]
    [TestCase(ActivityKind.Consumer, 5)]
    public void Kinds_are_the_numbers_of_the_protocol(ActivityKind kind, int expected)
        => Assert.That(Encode(_source.Capture(kind: kind)).Number("kind"), Is.EqualTo(expected));

    [Test]
    public void Times_are_nanoseconds_and_the_end_is_the_start_plus_the_duration()
    {
        DateTime start = new(2026, 11, 21, 1, 30, 0, DateTimeKind.Utc);
        OtlpSpan span = Encode(_source.Capture(activity =>
        {
            activity.SetStartTime(start);
            activity.SetEndTime(start.AddTicks(12_345));
        }));

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("startTimeUnixNano").GetString(), Is.EqualTo("1795224600000000000"));
            Assert.That(span.Json.GetProperty("endTimeUnixNano").GetString(), Is.EqualTo("1795224600001234500"));
        });
    }

    [Test]
    public void A_span_from_before_1970_is_written_as_from_1970()
    {
        DateTime start = new(1969, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        OtlpSpan span = Encode(_source.Capture(activity =>
        {
            activity.SetStartTime(start);
            activity.SetEndTime(start.AddSeconds(1));
        }));

        Assert.That(span.Json.GetProperty("startTimeUnixNano").GetString(), Is.EqualTo("0"));
    }

    [Test]
    public void A_time_too_late_for_the_protocol_is_written_as_the_latest()
    {
        OtlpSpan span = Encode(_source.Capture(activity =>
        {
            activity.AddEvent(new ActivityEvent("never", DateTimeOffset.MaxValue));
            activity.SetEndTime(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc));
        }));

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("endTimeUnixNano").GetString(), Is.EqualTo("18446744073709551600"));
            Assert.That(
                span.Json.GetProperty("events")[0].GetProperty("timeUnixNano").GetString(), Is.EqualTo("18446744073709551600"));
        });
    }

    [Test]
    public void A_kind_and_a_status_that_the_protocol_does_not_have_are_written_as_the_defaults()
    {
        OtlpSpan span = Encode(_source.Capture(activity => activity.SetStatus((ActivityStatusCode)7), kind: (ActivityKind)42));

        Assert.Multiple(() =>
        {
            Assert.That(span.Number("kind"), Is.EqualTo(1));
            Assert.That(span.Has("status"), Is.False);
        });
    }

    private static IEnumerable<TestCaseData> Values()
    {
        yield return new TestCaseData("text", """{"stringValue":"text"}""");
        yield return new TestCaseData('c', """{"stringValue":"c"}""");
        yield return new TestCaseData(true, """{"boolValue":true}""");
        yield return new TestCaseData(-1, """{"intValue":"-1"}""");
        yield return new TestCaseData((byte)7, """{"intValue":"7"}""");
        yield return new TestCaseData(long.MaxValue, """{"intValue":"9223372036854775807"}""");
        yield return new TestCaseData((ulong)long.MaxValue, """{"intValue":"9223372036854775807"}""");
        yield return new TestCaseData(ulong.MaxValue, """{"stringValue":"18446744073709551615"}""");
        yield return new TestCaseData(0.1, """{"doubleValue":0.1}""");
        yield return new TestCaseData(double.NaN, """{"doubleValue":"NaN"}""");
        yield return new TestCaseData(double.PositiveInfinity, """{"doubleValue":"Infinity"}""");
        yield return new TestCaseData(float.NegativeInfinity, """{"doubleValue":"-Infinity"}""");
        yield return new TestCaseData(1.5m, """{"stringValue":"1.5"}""");
        yield return new TestCaseData(DayOfWeek.Friday, """{"stringValue":"Friday"}""");
        yield return new TestCaseData(new byte[] { 1, 2, 255 }, """{"bytesValue":"AQL/"}""");
        yield return new TestCaseData(
            (string[])["a", "b"], """{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"}]}}""");
        yield return new TestCaseData(
            new object?[] { 1, null, false }, """{"arrayValue":{"values":[{"intValue":"1"},{},{"boolValue":false}]}}""");
        yield return new TestCaseData(
            new Dictionary<string, object?> { ["k"] = 1.5 },
            """{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":1.5}}]}}""");
        yield return new TestCaseData(new Version(1, 2), """{"stringValue":"1.2"}""");
    }

    [TestCaseSource(nameof(Values))]
    public void Values_keep_their_type(object value, string expected)
        => Assert.That(Encode(_source.Capture(activity => activity.AddTag("key", value))).Attribute("key"), Is.EqualTo(expected));

    [Test]
    public void A_value_that_throws_costs_the_attribute_and_not_the_span()
    {
        OtlpSpan span = Encode(_source.Capture(activity => activity
            .AddTag("good", 1).AddTag("bad", new Throwing()).AddTag("last", 2)));

        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("good"), Is.Not.Null);
            Assert.That(span.Attribute("bad"), Is.Null);
            Assert.That(span.Attribute("last"), Is.Not.Null);
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
        });
    }

    [Test]
    public void An_array_that_holds_itself_does_not_end_the_process()
    {
        object?[] loop = new object?[1];
        loop[0] = loop;

        Assert.That(Encode(_source.Capture(activity => activity.AddTag("loop", loop))).Attribute("loop"), Is.Not.Null);
    }

    [Test]
    public void Of_two_tags_with_one_key_the_last_value_counts()
    {
        OtlpSpan span = Encode(_source.Capture(activity => activity.AddTag("key", 1).AddTag("key", 2)));

        Assert.That(span.Attribute("key"), Is.EqualTo("""{"intValue":"2"}"""));
    }

    [Test]
    public void Of_two_pairs_with_one_key_in_a_value_the_last_counts()
    {
        KeyValuePair<string, object?>[] doubled = [new("a", 1), new("b", 2), new("a", 3)];
        OtlpSpan span = Encode(_source.Capture(activity => activity.SetTag("map", new List<KeyValuePair<string, object?>>(doubled))));

        Assert.That(
            span.Attribute("map"),
            Is.EqualTo("""{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"3"}},{"key":"b","value":{"intValue":"2"}}]}}"""));
    }

    [Test]
    public void A_status_message_is_written_for_errors_only()
    {
        OtlpSpan failed = Encode(_source.Capture(activity => activity.SetStatus(ActivityStatusCode.Error, "broken")));
        OtlpSpan fine = Encode(_source.Capture(activity => activity.SetStatus(ActivityStatusCode.Ok)));
        OtlpSpan unset = Encode(_source.Capture());

        Assert.Multiple(() =>
        {
            Assert.That(failed.Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"message":"broken","code":2}"""));
            Assert.That(fine.Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"code":1}"""));
            Assert.That(unset.Has("status"), Is.False);
        });
    }

    [Test]
    public void The_status_tags_of_old_become_the_status()
    {
        OtlpSpan span = Encode(_source.Capture(activity => activity
            .AddTag("otel.status_code", "ERROR").AddTag("otel.status_description", "old way").AddTag("other", 1)));

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"message":"old way","code":2}"""));
            Assert.That(span.Json.GetProperty("attributes").GetArrayLength(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_status_set_the_proper_way_wins_over_the_tags_of_old()
    {
        OtlpSpan span = Encode(_source.Capture(activity => activity
            .AddTag("otel.status_code", "ERROR").SetStatus(ActivityStatusCode.Ok)));

        Assert.That(span.Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"code":1}"""));
    }

    [Test]
    public void Events_and_links_are_written_with_their_attributes()
    {
        DateTimeOffset time = new(2026, 11, 21, 3, 30, 0, TimeSpan.FromHours(2));
        ActivityContext other = new(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "a=b", isRemote: true);
        OtlpSpan span = Encode(_source.Capture(activity => activity
            .AddEvent(new ActivityEvent("retry", time, new ActivityTagsCollection { ["attempt"] = 2 }))
            .AddLink(new ActivityLink(other, new ActivityTagsCollection { ["why"] = "batch" }))));

        Assert.Multiple(() =>
        {
            Assert.That(
                span.Json.GetProperty("events").GetRawText(),
                Is.EqualTo("""
                    [{"timeUnixNano":"1795224600000000000","name":"retry",
                    "attributes":[{"key":"attempt","value":{"intValue":"2"}}]}]
                    """.ReplaceLineEndings("")));
            Assert.That(
                span.Json.GetProperty("links").GetRawText(),
                Is.EqualTo($$$"""
                    [{"traceId":"{{{other.TraceId}}}","spanId":"{{{other.SpanId}}}","traceState":"a=b","flags":769,
                    "attributes":[{"key":"why","value":{"stringValue":"batch"}}]}]
                    """.ReplaceLineEndings("")));
        });
    }

    [Test]
    public void What_is_over_the_limits_is_counted_as_dropped()
    {
        OtlpSpan span = Encode(_source.Capture(activity =>
        {
            for (int i = 0; i < 130; i++)
            {
                activity.AddTag("tag" + i, i);
                activity.AddEvent(new ActivityEvent("event" + i));
                activity.AddLink(new ActivityLink(new ActivityContext(
                    ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)));
            }
        }));

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("attributes").GetArrayLength(), Is.EqualTo(128));
            Assert.That(span.Json.GetProperty("events").GetArrayLength(), Is.EqualTo(128));
            Assert.That(span.Json.GetProperty("links").GetArrayLength(), Is.EqualTo(128));
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(2));
            Assert.That(span.Number("droppedEventsCount"), Is.EqualTo(2));
            Assert.That(span.Number("droppedLinksCount"), Is.EqualTo(2));
        });
    }

    [Test]
    public void A_span_too_big_for_a_line_loses_attributes_and_says_how_many()
    {
        OtlpSpan span = Encode(_source.Capture(activity =>
        {
            activity.AddTag("huge", new string('x', 1_000_000));
            for (int i = 0; i < 20; i++)
                activity.AddTag("big" + i, new string('"', 10_000));

            activity.AddTag("small", 1);
            activity.AddEvent(new ActivityEvent(
                "exception", tags: new ActivityTagsCollection { ["exception.stacktrace"] = new string('s', 90_000) }));
        }, name: new string('\u0001', 100_000)));

        int attributes = span.Json.GetProperty("attributes").GetArrayLength();
        Assert.Multiple(() =>
        {
            Assert.That(attributes, Is.LessThan(22));
            Assert.That(attributes + span.Number("droppedAttributesCount"), Is.EqualTo(22));
            Assert.That(span.Attribute("small"), Is.Not.Null);
            Assert.That(span.Name, Has.Length.EqualTo(2048));
        });
    }

    [Test]
    public void An_endless_value_ends_at_the_limit()
    {
        static IEnumerable<KeyValuePair<string, object?>> Endless()
        {
            while (true)
                yield return new("key", "value");
        }

        OtlpSpan span = Encode(_source.Capture(activity => activity.AddTag("endless", Endless())));

        Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
    }

    [Test]
    public void Spans_of_one_source_share_a_scope()
    {
        using SpanSource other = new();
        foreach (SpanSource source in new[] { _source, other, _source, other })
            _encoder.Add(source.Capture());

        Assert.That(_encoder.PendingSpans, Is.EqualTo(4));
        byte[] content = Complete();

        Assert.Multiple(() =>
        {
            Assert.That(content.Count(value => value == '\n'), Is.EqualTo(1));
            Assert.That(Encoding.UTF8.GetString(content).Split("\"scope\"").Length - 1, Is.EqualTo(2));
            Assert.That(OtlpReader.Read(content).Select(span => span.ScopeName), Is.EquivalentTo(
                [_source.Source.Name, _source.Source.Name, other.Source.Name, other.Source.Name]));
        });
    }

    [Test]
    public void Sources_of_one_name_but_different_versions_are_kept_apart()
    {
        using ActivitySource twin = new(_source.Source.Name, "9.9.9");
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => ReferenceEquals(source, twin),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity activity = twin.StartActivity("work")!;
        activity.Stop();
        SpanEvent captured = new();
        captured.Capture(activity);
        _encoder.Add(_source.Capture());
        _encoder.Add(captured);

        Assert.That(
            OtlpReader.Read(Complete()).Select(span => span.Scope.GetProperty("version").GetString()),
            Is.EqualTo(["1.2.3", "9.9.9"]));
    }

    [Test]
    public void Lines_begin_with_an_id_so_that_readers_can_tell_files_apart()
    {
        SpanEvent captured = _source.Capture();
        string prefix = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":""" + '"' + captured.TraceId;
        _encoder.Add(captured);

        Assert.That(Encoding.UTF8.GetString(Complete()), Does.StartWith(prefix));
    }

    [Test]
    public void Pending_bytes_tell_when_a_line_is_due()
    {
        while (_encoder.PendingBytes < OtlpLimits.LineTarget)
            _encoder.Add(_source.Capture(activity => activity.AddTag("filler", new string('x', 500))));

        Assert.That(Complete(), Has.Length.InRange(OtlpLimits.LineTarget, OtlpLimits.LineTarget + 2048));
    }

    [Test]
    public void The_biggest_line_stays_within_its_limit()
    {
        string worst = new('\u0001', 100_000);
        SpanEvent big = _source.Capture(
            activity =>
            {
                for (int i = 0; i < 128; i++)
                    activity.AddTag("tag" + i, new string('\u0002', 150));

                activity.SetStatus(ActivityStatusCode.Error, worst);
                activity.TraceStateString = worst;
            },
            name: worst);
        while (_encoder.PendingBytes < OtlpLimits.LineTarget - 1000)
            _encoder.Add(_source.Capture());

        _encoder.Add(big);

        Assert.That(OtlpReader.Read(Complete()), Is.Not.Empty);
    }

    [Test]
    public void Nothing_of_the_application_is_kept_once_a_span_is_encoded()
    {
        WeakReference kept = EncodeEventWithValue();
        GC.Collect();

        Assert.That(kept.IsAlive, Is.False);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference EncodeEventWithValue()
    {
        object value = new Throwing();
        SpanEvent span = _source.Capture(activity => activity.AddEvent(
            new ActivityEvent("event", tags: new ActivityTagsCollection { ["value"] = value })));
        Encode(span);
        span.Clear();
        return new WeakReference(value);
    }

    [Test]
    public void What_is_abandoned_is_not_written()
    {
        _encoder.Add(_source.Capture(name: "lost"));
        _encoder.Abandon();

        Assert.That(Encode(_source.Capture(name: "kept")).Name, Is.EqualTo("kept"));
    }

    [Test]
    public void A_program_with_sources_without_end_still_gets_valid_lines()
    {
        for (int i = 0; i < 200; i++)
        {
            using SpanSource source = new();
            _encoder.Add(source.Capture());
            if (i % 3 == 0)
                _encoder.CompleteLines(_output);
        }

        Assert.That(OtlpReader.Read(Complete()), Has.Count.EqualTo(200));
    }

#if !AGAINST_NETSTANDARD // It writes a double by way of a string.
    [Test]
    public void Encoding_allocates_nothing_in_steady_state()
    {
        SpanEvent span = _source.Capture(activity => activity
            .AddTag("http.request.method", "GET").AddTag("http.response.status_code", 200).AddTag("cached", true)
            .AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["attempt"] = 2 })));
        Assert.That(Support.Allocations.Of(() => EncodeMany(span)), Is.Zero);
    }

    private void EncodeMany(SpanEvent span)
    {
        for (int line = 0; line < 10; line++)
        {
            _output.Clear();
            for (int i = 0; i < 100; i++)
                _encoder.Add(span);

            _encoder.CompleteLines(_output);
        }
    }
#endif

    private OtlpSpan Encode(SpanEvent span)
    {
        _encoder.Add(span);
        return OtlpReader.Read(Complete()).Single();
    }

    private byte[] Complete()
    {
        _encoder.CompleteLines(_output);
        byte[] content = _output.Bytes.AsSpan(0, _output.Length).ToArray();
        _output.Clear();
        return content;
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("Not printable.");
    }
}
