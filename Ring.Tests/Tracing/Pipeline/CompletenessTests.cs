using System.Globalization;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Every span is on the disk or counted as lost, to the last one.</summary>
[TestFixture]
public sealed class CompletenessTests
{
    private const int Threads = 8;
    private const int Few = 20_000;
    private const int Million = 1_000_000;

    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void Blocking_brings_every_span_to_the_disk_in_the_order_of_its_thread() => Block(Few);

    [Test, Explicit("Takes long"), Category("Proof")]
    public void Blocking_brings_a_million_spans_to_the_disk_in_the_order_of_their_threads() => Block(Million);

    [Test]
    public void Discarding_counts_every_span_that_a_slow_disk_costs() => Discard(Few);

    [Test, Explicit("Takes long"), Category("Proof")]
    public void Discarding_counts_every_one_of_a_million_spans_that_a_slow_disk_costs() => Discard(Million);

    private void Block(int spans)
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.RingSize = 1024;
            options.Overflow = OverflowPolicy.Block;
        });
        EndSpans(spans);
        log.Dispose();

        TraceLogCounts counts = log.Counts;
        SpanTally tally = new(log.Files);
        Assert.Multiple(() =>
        {
            Assert.That((counts.Accepted, counts.Written), Is.EqualTo(((long)spans, (long)spans)));
            Assert.That((counts.Discarded, counts.InFlight), Is.EqualTo((0L, 0L)));
            Assert.That(tally.Threads, Has.Count.EqualTo(Threads));
            Assert.That(tally.Threads, Has.All.EqualTo(Enumerable.Range(0, spans / Threads)));
        });
    }

    private void Discard(int spans)
    {
        _fixture.Disk.WriteTime = TimeSpan.FromMilliseconds(2);
        using TraceLog log = _fixture.Open();
        EndSpans(spans);
        log.Dispose();

        TraceLogCounts counts = log.Counts;
        SpanTally tally = new(log.Files);
        Assert.Multiple(() =>
        {
            Assert.That(counts.Accepted, Is.EqualTo(spans));
            Assert.That(counts.InFlight, Is.Zero);
            Assert.That(counts.RingFull, Is.GreaterThan(0), "The disk was too slow.");
            Assert.That(counts.Discarded, Is.EqualTo(counts.RingFull));
            Assert.That(tally.Count, Is.EqualTo(counts.Written).And.GreaterThan(0));
            Assert.That(tally.Count + tally.Declared, Is.EqualTo(spans), "What is not there is declared there.");
            Assert.That(tally.Threads, Has.All.Ordered);
        });
    }

    private void EndSpans(int spans) => Background.Join(Background.Run(Threads, thread => EndSpansOf(thread, spans / Threads)));

    private void EndSpansOf(int thread, int spans)
    {
        string name = thread.ToString(CultureInfo.InvariantCulture);
        for (int number = 0; number < spans; number++)
            _fixture.Source.StartActivity(name)!.SetTag("number", number).Dispose();
    }
}
