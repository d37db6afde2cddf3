using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>From the end of a span to the disk, on all threads together.</summary>
[TestFixture]
public sealed class AllocationTests
{
    private const int Spans = 10_000;

    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    /// <summary>A flush allocates, and so does the runtime on its own; a byte for each span would be more than both.</summary>
    [Test]
    public void A_span_allocates_nothing_on_its_way_to_the_disk()
    {
        using ActivityListener bare = new()
        {
            ShouldListenTo = source => ReferenceEquals(source, _fixture.Source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(bare);
        long without = AllocatedBy(EndSpans);

        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        long with = AllocatedBy(() =>
        {
            EndSpans();
            Wait.For(log.FlushAsync(), "the flush");
        });

        Assert.That(with - without, Is.LessThan(Spans));
    }

    /// <summary>Whatever its attributes are, in every format, and in the key of the statistics.</summary>
    [Test]
    public void A_span_without_an_activity_allocates_nothing_on_its_way_to_the_disk(
        [Values(SpanFormat.OtlpJson, SpanFormat.SofaJson, SpanFormat.SofaText)] SpanFormat format)
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.Overflow = OverflowPolicy.Block;
            options.Logs.Add(new SpanLogOptions { Name = "spans", Format = format });
            options.Statistics.KeyAttributes.Add("status");
            options.Statistics.KeyAttributes.Add("cached");
        });

        long allocated = AllocatedBy(() =>
        {
            RecordSpans(log);
            Wait.For(log.FlushAsync(), "the flush");
        });

        Assert.That(allocated, Is.LessThan(Spans));
    }

    /// <summary>The least of several: other threads of the test run allocate, too.</summary>
    private static long AllocatedBy(Action work)
    {
        work();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            work();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });
    }

    private static void RecordSpans(TraceLog log)
    {
        SpanIds parent = SpanIds.NewRoot();
        DateTime start = DateTime.UtcNow;
        for (int i = 0; i < Spans; i++)
        {
            using SpanWriter span = log.Record(parent.NewChild(), "load", ActivityKind.Client, start, TimeSpan.FromTicks(i));
            span.SetTag("status", i % 5);
            span.SetTag("cached", i % 2 == 0);
            span.SetTag("text", "constant");
            span.SetTag("n", i);
        }
    }

    private void EndSpans()
    {
        for (int i = 0; i < Spans; i++)
        {
            using Activity activity = _fixture.Source.StartActivity("work", ActivityKind.Client)!;
            activity.SetTag("http.request.method", "GET").SetTag("url.path", "/cart").SetTag("server.address", "shop");
        }
    }
}
