using System.Diagnostics;
using FsCheck.Fluent;
using Google.Protobuf;
using Ring.Tests.Interop.Otlp;
using Ring.Tests.Interop.Support;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Tracing;
using Ring.Tracing;

namespace Ring.Tests.Interop;

/// <summary>The lines, read by a parser of somebody else against the messages of the specification.</summary>
[TestFixture]
public sealed class OtlpTests
{
    private const int LineLimit = 256 * 1024;

    private readonly TempFolder _folder = new();
    private readonly ActivitySource _source =
        new("ring.tests.otlp." + Guid.NewGuid().ToString("N"), "1.2.3", [new("library", "tests")]);

    [OneTimeTearDown]
    public void RemoveFolder()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void A_span_is_read_as_it_was_fed() =>
        PropertyChecker.Check(Prop.ForAll(SpanPlans.ThatFit, plans =>
        {
            List<Activity> fed = [];
            List<TracesData> lines = OtlpLines.Read(Write(plans, fed));

            List<Span> read = SpansOf(lines);
            Require.Equal(plans.Length, read.Count, "spans");
            for (int i = 0; i < plans.Length; i++)
                Compare.Equal(OtlpExpectation.Of(fed[i]), read[i], $"span {i}");
        }), 100);

    [Test]
    public void A_span_too_big_for_a_line_loses_what_it_says_and_nothing_else() =>
        PropertyChecker.Check(Prop.ForAll(SpanPlans.ThatDoNotFit, plans =>
        {
            List<Activity> fed = [];
            IReadOnlyList<string> files = Write(plans, fed);
            foreach (FileInfo file in files.Select(path => new FileInfo(path)))
                Require.That(file.Length <= (long)LineLimit * plans.Length, $"{file.Length} bytes are lines within the limit");

            List<Span> read = SpansOf(OtlpLines.Read(files));
            Require.Equal(plans.Length, read.Count, "spans");
            for (int i = 0; i < plans.Length; i++)
                RequireAccounted(fed[i], read[i]);
        }), 15);

    [Test]
    public void A_line_survives_both_encodings_of_Protobuf() =>
        PropertyChecker.Check(Prop.ForAll(SpanPlans.ThatFit, plans =>
        {
            foreach (TracesData line in OtlpLines.Read(Write(plans, [])))
            {
                Require.Equal(line, TracesData.Parser.ParseFrom(line.ToByteArray()), "in binary");
                Require.Equal(line, JsonParser.Default.Parse<TracesData>(JsonFormatter.Default.Format(line)), "in JSON");
            }
        }), 50);

    [Test]
    public void A_line_names_the_service_and_the_source()
    {
        ResourceSpans read = OtlpLines.Read(Write([new SpanPlan("work", ActivityKind.Server, 1)], [])).Single().ResourceSpans.Single();
        InstrumentationScope scope = new() { Name = _source.Name, Version = "1.2.3" };
        scope.Attributes.Add(OtlpExpectation.Attributes([new("library", "tests")]));

        Assert.Multiple(() =>
        {
            Assert.That(read.ScopeSpans.Single().Scope, Is.EqualTo(scope));
            Assert.That(read.Resource.Attributes, Is.SupersetOf(OtlpExpectation.Attributes(
                [new("service.name", "shop"), new("process.pid", Environment.ProcessId)])));
        });
    }

    [TestCase("""{"resourceSpans":[{"scopeSpan":[]}]}""", TestName = "A_field_that_the_message_does_not_have_is_refused")]
    [TestCase("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}""", TestName = "An_id_that_is_none_is_refused")]
    [TestCase("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":1}]}]}]}""", TestName = "A_value_of_another_type_is_refused")]
    [TestCase("""{"resourceSpans":[{"scopeSpans":[]}]""", TestName = "A_torn_line_is_refused")]
    public void A_line_that_breaks_the_rules_is_refused(string line) =>
        Assert.That(() => OtlpLines.Parse(line), Throws.InstanceOf<IOException>());

    /// <summary>Ends the spans under a log of their own.</summary>
    /// <returns>Its files, complete.</returns>
    private IReadOnlyList<string> Write(SpanPlan[] plans, List<Activity> fed)
    {
        using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = _folder.Root;
            options.Sources.Add(_source.Name);
            options.ServiceName = "shop";
            options.RingSize = 64;
        });
        foreach (SpanPlan plan in plans)
            fed.Add(plan.Run(_source));

        log.Dispose();
        Require.Equal((plans.Length, 0), ((int)log.Counts.Written, (int)log.Counts.Discarded), "written and discarded");
        return log.Files;
    }

    private static void RequireAccounted(Activity fed, Span read)
    {
        int written = read.Attributes.Count;
        Require.Equal(fed.TagObjects.Count(), written + (int)read.DroppedAttributesCount, "attributes");
        Require.Equal(fed.Events.Count(), read.Events.Count + (int)read.DroppedEventsCount, "events");
        Require.Equal(fed.Links.Count(), read.Links.Count + (int)read.DroppedLinksCount, "links");

        List<KeyValue> expected = OtlpExpectation.Attributes(fed.TagObjects);
        Require.That(expected.Where(read.Attributes.Contains).SequenceEqual(read.Attributes), "attributes are as fed, in their order");
    }

    private static List<Span> SpansOf(IEnumerable<TracesData> lines) =>
        [.. lines.SelectMany(line => line.ResourceSpans).SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)];
}
