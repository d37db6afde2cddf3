using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>What of a span is kept, and what is changed before it is written.</summary>
[TestFixture]
public sealed class CaptureOptionsTests
{
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void A_source_can_be_chosen_by_a_rule()
    {
        using ActivitySource other = new("other." + _fixture.Source.Name, "7");
        using TraceLog log = _fixture.Open(options =>
        {
            options.Sources.Clear();
            options.SourceFilter = source => source.Version == "7" && source.Name.EndsWith(_fixture.Source.Name, StringComparison.Ordinal);
        });

        Assert.Multiple(() =>
        {
            Assert.That(other.HasListeners(), Is.True);
            Assert.That(_fixture.Source.HasListeners(), Is.False);
        });
    }

    [Test]
    public void A_rule_for_sources_that_throws_harms_nobody()
    {
        using TraceLog log = _fixture.Open(options => options.SourceFilter = _ => throw new InvalidDataException("planted"));

        Assert.That(() => new ActivitySource("harmed." + _fixture.Source.Name).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Baggage_on_the_list_becomes_attributes_and_other_baggage_does_not() => Assert.That(
        Write(
            options => options.BaggageKeys.Add("tenant"),
            activity => activity.AddBaggage("tenant", "blue").AddBaggage("secret", "x")).Json.GetProperty("attributes").GetRawText(),
        Is.EqualTo("""[{"key":"baggage.tenant","value":{"stringValue":"blue"}}]"""));

    [Test]
    public void What_is_over_a_limit_is_dropped_and_counted()
    {
        OtlpSpan span = Write(
            options => (options.Limits.Attributes, options.Limits.Events, options.Limits.Links) = (2, 1, 0),
            activity => activity
                .SetTag("a", 1).SetTag("b", 2).SetTag("c", 3)
                .AddEvent(new ActivityEvent("e", tags: new ActivityTagsCollection { ["x"] = 1, ["y"] = 2, ["z"] = 3 }))
                .AddEvent(new ActivityEvent("f"))
                .AddLink(new ActivityLink(new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default))));

        Assert.Multiple(() =>
        {
            Assert.That((span.Attribute("b"), span.Attribute("c")), Is.EqualTo(("""{"intValue":"2"}""", (string?)null)));
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
            Assert.That(span.Number("droppedEventsCount"), Is.EqualTo(1));
            Assert.That(span.Number("droppedLinksCount"), Is.EqualTo(1));
            Assert.That(span.Json.GetProperty("events")[0].GetProperty("droppedAttributesCount").GetInt32(), Is.EqualTo(1));
        });
    }

    [Test]
    public void Long_texts_are_cut_wherever_they_are()
    {
        OtlpSpan span = Write(options => options.Limits.TextLength = 3, activity => activity.SetTag("a", "abcdef").SetTag("b", new[] { "uvwxyz" }));

        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("a"), Is.EqualTo("""{"stringValue":"abc"}"""));
            Assert.That(span.Attribute("b"), Is.EqualTo("""{"arrayValue":{"values":[{"stringValue":"uvw"}]}}"""));
        });
    }

    [Test]
    public void A_time_keeps_the_fractions_of_its_second() => Assert.That(
        Write(_ => { }, activity => activity.SetTag("at", new DateTime(2026, 11, 21, 1, 2, 3, DateTimeKind.Utc).AddTicks(4567))).Attribute("at"),
        Is.EqualTo("""{"stringValue":"2026-11-21T01:02:03.0004567Z"}"""));

    [Test]
    public void Every_attribute_is_redacted_before_it_is_written()
    {
        OtlpSpan span = Write(
            options => options.Redact = (key, value) => key.Contains("secret", StringComparison.Ordinal) || value is "why" ? "***" : value,
            activity => activity
                .SetTag("secret", "a").SetTag("open", 1)
                .AddEvent(new ActivityEvent("e", tags: new ActivityTagsCollection { ["secret.event"] = "b" }))
                .AddLink(new ActivityLink(
                    new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default),
                    new ActivityTagsCollection { ["secret.link"] = "c" }))
                .SetStatus(ActivityStatusCode.Error, "why"));

        string json = span.Json.GetRawText();
        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("secret"), Is.EqualTo("""{"stringValue":"***"}"""));
            Assert.That(span.Attribute("open"), Is.EqualTo("""{"intValue":"1"}"""));
            Assert.That(json.Split("***"), Has.Length.EqualTo(5), json);
            Assert.That(span.Json.GetProperty("status").GetProperty("message").GetString(), Is.EqualTo("***"));
        });
    }

    [Test]
    public void An_attribute_that_cannot_be_redacted_is_not_written()
    {
        OtlpSpan span = Write(
            options => options.Redact = (key, value) => key is "bad" ? throw new InvalidDataException("planted") : value,
            activity => activity
                .SetTag("bad", "leak").SetTag("good", 1)
                .AddEvent(new ActivityEvent("e", tags: new ActivityTagsCollection { ["bad"] = "leak" })));

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetRawText(), Does.Not.Contain("leak"));
            Assert.That(span.Attribute("good"), Is.Not.Null);
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
            Assert.That(span.Json.GetProperty("events")[0].GetProperty("droppedAttributesCount").GetInt32(), Is.EqualTo(1));
        });
    }

    [Test]
    public void The_resource_has_what_the_options_say_and_they_win()
    {
        OtlpSpan span = Write(
            options =>
            {
                options.ResourceAttributes["service.version"] = "1.2.3";
                options.ResourceAttributes["service.instance.id"] = "mine";
                options.ResourceAttributes["rack"] = "7";
            },
            _ => { });

        Assert.Multiple(() =>
        {
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "service.version"), Does.Contain("1.2.3"));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "service.instance.id"), Does.Contain("mine"));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "rack"), Is.EqualTo("""{"stringValue":"7"}"""));
        });
    }

    [Test, NonParallelizable]
    public void The_environment_says_what_the_service_is()
    {
        const string NameVariable = "OTEL_SERVICE_NAME", AttributesVariable = "OTEL_RESOURCE_ATTRIBUTES";
        (string? name, string? attributes) = (Environment.GetEnvironmentVariable(NameVariable), Environment.GetEnvironmentVariable(AttributesVariable));
        try
        {
            Environment.SetEnvironmentVariable(NameVariable, null);
            Environment.SetEnvironmentVariable(AttributesVariable, "service.name=fromlist, region = eu%2C1 ,nonsense,=x,service.version=9");
            TraceLogOptions fromList = new();
            Environment.SetEnvironmentVariable(NameVariable, "fromname");
            TraceLogOptions fromName = new();

            Assert.Multiple(() =>
            {
                Assert.That((fromList.ServiceName, fromName.ServiceName), Is.EqualTo(("fromlist", "fromname")));
                Assert.That(fromList.ResourceAttributes, Is.EquivalentTo(new Dictionary<string, string> { ["region"] = "eu,1", ["service.version"] = "9" }));
            });
        }
        finally
        {
            Environment.SetEnvironmentVariable(NameVariable, name);
            Environment.SetEnvironmentVariable(AttributesVariable, attributes);
        }
    }

    private OtlpSpan Write(Action<TraceLogOptions> configure, Action<Activity> fill)
    {
        using TraceLog log = _fixture.Open(configure);
        using (Activity activity = _fixture.Source.StartActivity("work")!)
            fill(activity);

        log.Dispose();
        return LogFixture.Read(log).Single();
    }
}
