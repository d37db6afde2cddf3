using System.Diagnostics;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Spans that are recorded without an activity.</summary>
[TestFixture]
public sealed class DirectSpanTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 1, 30, 0, DateTimeKind.Utc);
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void All_that_is_set_is_in_the_record()
    {
        TraceLog log = _fixture.Open();
        using (SpanWriter span = log.Record(SpanIds.NewRoot(), "load", ActivityKind.Client, Start, TimeSpan.FromMilliseconds(5)))
        {
            span.SetTag("integer", 42);
            span.SetTag("double", 0.5);
            span.SetTag("flag", true);
            span.SetTag("text", "a\"b");
            span.SetTag("array", new[] { "x", "y" });
            span.SetStatus(ActivityStatusCode.Error, "why");
        }

        log.Dispose();

        OtlpSpan read = LogFixture.Read(log).Single();
        Assert.Multiple(() =>
        {
            Assert.That((read.Name, read.Number("kind"), read.ScopeName), Is.EqualTo(("load", 3, "shop")));
            Assert.That(read.Json.GetProperty("startTimeUnixNano").GetString(), Is.EqualTo("1795224600000000000"));
            Assert.That(read.Json.GetProperty("endTimeUnixNano").GetString(), Is.EqualTo("1795224600005000000"));
            Assert.That(read.Attribute("integer"), Is.EqualTo("""{"intValue":"42"}"""));
            Assert.That(read.Attribute("double"), Is.EqualTo("""{"doubleValue":0.5}"""));
            Assert.That(read.Attribute("flag"), Is.EqualTo("""{"boolValue":true}"""));
            Assert.That(read.Attribute("text"), Is.EqualTo("""{"stringValue":"a\"b"}"""));
            Assert.That(read.Attribute("array"), Is.EqualTo("""{"arrayValue":{"values":[{"stringValue":"x"},{"stringValue":"y"}]}}"""));
            Assert.That(read.Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"message":"why","code":2}"""));
            Assert.That(read.Has("parentSpanId"), Is.False);
        });
    }

    [Test]
    public void Ids_lead_from_child_to_parent_in_one_trace()
    {
        TraceLog log = _fixture.Open();
        SpanIds root = SpanIds.NewRoot();
        SpanIds child = root.NewChild();
        log.Record(root, "root", ActivityKind.Internal, Start, TimeSpan.Zero).Dispose();
        log.Record(child, "child", ActivityKind.Internal, Start, TimeSpan.Zero).Dispose();
        log.Dispose();

        List<OtlpSpan> read = LogFixture.Read(log);
        Assert.Multiple(() =>
        {
            Assert.That(read[1].TraceId, Is.EqualTo(read[0].TraceId));
            Assert.That(read[1].Json.GetProperty("parentSpanId").GetString(), Is.EqualTo(read[0].SpanId));
            Assert.That($"{read[0].TraceId}-{read[0].SpanId}", Is.EqualTo(root.ToString()));
        });
    }

    [Test]
    public void A_span_below_an_activity_is_in_its_trace()
    {
        TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.StartActivity("outer")!)
            log.Record(SpanIds.ChildOf(activity.Context), "inner", ActivityKind.Internal, Start, TimeSpan.Zero).Dispose();

        log.Dispose();

        List<OtlpSpan> read = LogFixture.Read(log);
        OtlpSpan inner = read.Single(span => span.Name == "inner"), outer = read.Single(span => span.Name == "outer");
        Assert.That(
            (inner.TraceId, inner.Json.GetProperty("parentSpanId").GetString()), Is.EqualTo((outer.TraceId, (string?)outer.SpanId)));
    }

    [Test]
    public void Ids_become_those_of_an_activity_and_back()
    {
        SpanIds ids = SpanIds.NewRoot();

        ActivityContext context = ids.ToContext();
        SpanIds child = SpanIds.ChildOf(context);

        Assert.Multiple(() =>
        {
            Assert.That($"{context.TraceId}-{context.SpanId}", Is.EqualTo(ids.ToString()));
            Assert.That(child.ToContext().TraceId, Is.EqualTo(context.TraceId));
            Assert.That(child, Is.Not.EqualTo(ids));
            Assert.That(default(SpanIds).IsValid, Is.False);
            Assert.That(default(SpanIds).ToContext(), Is.EqualTo(default(ActivityContext)));
            Assert.That(SpanIds.ChildOf(default).IsValid, Is.True, "a new trace");
            Assert.That(default(SpanIds).NewChild().IsValid, Is.True, "a new trace");
        });
    }

    [Test]
    public void A_span_is_handed_over_once_however_often_its_writer_is_disposed_of()
    {
        TraceLog log = _fixture.Open();
        SpanWriter writer = log.Record(SpanIds.NewRoot(), "once", ActivityKind.Internal, Start, TimeSpan.Zero);
        SpanWriter copy = writer;
        Assert.That(copy.IsOpen, Is.True);
        writer.Dispose();
        copy.SetTag("late", 1);
        copy.Dispose();
        log.Dispose();

        Assert.That(copy.IsOpen, Is.False);
        Assert.That(LogFixture.Read(log).Single().Attribute("late"), Is.Null);
    }

    [Test]
    public void A_span_after_the_end_is_counted_and_nothing_else()
    {
        TraceLog log = _fixture.Open();
        log.Dispose();

        using SpanWriter writer = log.Record(SpanIds.NewRoot(), "late", ActivityKind.Internal, Start, TimeSpan.Zero);
        writer.SetTag("a", 1);
        writer.SetStatus(ActivityStatusCode.Ok);

        Assert.That(writer.IsOpen, Is.False);
        Assert.That(log.Counts.Stopped, Is.EqualTo(1));
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void A_duration_that_cannot_be_is_cut(long ticks)
    {
        TraceLog log = _fixture.Open(options =>
        {
            options.Logs.Add(new SpanLogOptions { Name = "otlp" });
            options.Logs.Add(new SpanLogOptions { Name = "sofa", Format = SpanFormat.SofaJson });
        });
        log.Record(SpanIds.NewRoot(), "long", ActivityKind.Internal, Start, TimeSpan.FromTicks(ticks)).Dispose();
        log.Dispose();

        Assert.That((log.Counts.Written, log.Counts.EncodeFailed), Is.EqualTo((2L, 0L)));
        Assert.That(OtlpReader.ReadFiles(Directory.GetFiles(_fixture.Root, "otlp-*")), Has.Count.EqualTo(1));
    }

    [Test]
    public void Bad_spans_are_refused()
    {
        using TraceLog log = _fixture.Open();

        Assert.Multiple(() =>
        {
            Assert.That(() => log.Record(default, "a", ActivityKind.Internal, Start, default).Dispose(), Throws.ArgumentException);
            Assert.That(() => log.Record(SpanIds.NewRoot(), null!, ActivityKind.Internal, Start, default).Dispose(), Throws.ArgumentNullException);
            Assert.That(log.Counts.Accepted, Is.Zero);
        });
    }

    [Test]
    public void Ids_of_many_threads_are_all_different()
    {
        HashSet<SpanIds> all = [];
        Background.Join(Background.Run(4, _ =>
        {
            SpanIds[] own = [.. Enumerable.Range(0, 10_000).Select(_ => SpanIds.NewRoot())];
            lock (all)
                all.UnionWith(own);
        }));

        Assert.That(all, Has.Count.EqualTo(40_000));
    }

#if !AGAINST_NETSTANDARD // It writes a double by way of a string.
    [Test]
    public void Nothing_is_allocated_from_end_to_end()
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.Overflow = OverflowPolicy.Block;
            options.RingSize = 1024;
        });
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                using SpanWriter span = log.Record(SpanIds.NewRoot(), "load", ActivityKind.Client, Start, TimeSpan.FromTicks(i));
                span.SetTag("n", i);
                span.SetTag("share", 0.25);
                span.SetTag("text", "constant");
            }
        });

        Assert.That(allocated, Is.Zero, "on the calling thread");
    }
#endif
}
