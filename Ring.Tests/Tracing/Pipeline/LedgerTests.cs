using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class LedgerTests
{
    private const int Producers = 4;
    private const int SpansEach = 1000;
    private const int FlushesEach = 100;

    private readonly long[] _begun = new long[Producers * 16];
    private readonly long[] _ended = new long[Producers * 16];
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture()
    {
        _fixture = new LogFixture();
        Array.Clear(_begun);
        Array.Clear(_ended);
    }

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [TestCase(OverflowPolicy.DiscardNewest)]
    [TestCase(OverflowPolicy.Block)]
    public void The_books_balance_at_every_look(OverflowPolicy overflow)
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = overflow);
        Background[] producers = Background.Run(Producers, i => Produce(i * 16));
        TraceLogCounts last = default;
        while (Array.Exists(producers, thread => !thread.HasEnded))
            last = Look(log, last);

        Background.Join(producers);
        log.Dispose();
        TraceLogCounts final = Look(log, last);

        Assert.Multiple(() =>
        {
            Assert.That(final.Accepted, Is.EqualTo(Producers * SpansEach));
            Assert.That(final.InFlight, Is.Zero);
            Assert.That(final.Written + final.RingFull, Is.EqualTo(Producers * SpansEach));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo((int)final.Written));
        });
    }

    [Test]
    public void A_flush_to_the_disk_needs_no_span_to_wake_the_drain()
    {
        using TraceLog log = _fixture.Open();
        _fixture.End(1);
        Wait.For(log.FlushAsync(), "the flush to the system");

        Wait.For(log.FlushAsync(FlushLevel.Disk), "the flush to the disk");

        Assert.That((log.Counts.Accepted, log.Counts.Written), Is.EqualTo((1L, 1L)), "what wakes it is no span");
    }

    [Test]
    public void A_flush_to_a_disk_that_refuses_fails_and_the_next_one_does_not()
    {
        using TraceLog log = _fixture.Open();
        _fixture.End(1);
        _fixture.Disk.RefusesToSync = true;
        Task refused = log.FlushAsync(FlushLevel.Disk);
        Assert.That(() => refused.Wait(Eventually.Deadline), Throws.InstanceOf<AggregateException>().With.InnerException.InstanceOf<IOException>());
        _fixture.Disk.RefusesToSync = false;
        _fixture.End(1);

        Wait.For(log.FlushAsync(FlushLevel.Disk), "the flush to a disk that works");
    }

    [Test]
    public void A_flush_to_the_disk_covers_the_statistics()
    {
        using TraceLog log = _fixture.Open();
        _fixture.End(1);
        Wait.For(log.FlushAsync(), "the span is counted");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        Eventually.Holds(() => log.StatisticFiles.Count == 1, "a row is written");
        File.Delete(log.StatisticFiles[0]);

        Task flush = log.FlushAsync(FlushLevel.Disk);

        Assert.That(() => flush.Wait(Eventually.Deadline), Throws.InstanceOf<AggregateException>().With.InnerException.InstanceOf<IOException>());
    }

    [Test]
    public void A_flush_to_the_disk_after_the_end_fails_and_one_to_the_system_does_not()
    {
        TraceLog log = _fixture.Open();
        _fixture.End(1);
        log.Dispose();

        Wait.For(log.FlushAsync(), "all is there");
        Assert.That(() => log.FlushAsync(FlushLevel.Disk), Throws.InstanceOf<IOException>());
        Assert.That(() => log.FlushAsync((FlushLevel)7), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Flush_returns_when_every_accepted_span_is_in_the_file()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        Background[] producers = Background.Run(Producers, i => Produce(i * 16));
        while (Array.Exists(producers, thread => !thread.HasEnded))
        {
            long ended = Sum(_ended);
            Wait.For(log.FlushAsync(), "a flush under load");
            Assert.That(log.Counts.Written, Is.GreaterThanOrEqualTo(ended));
        }

        Background.Join(producers);
        Wait.For(log.FlushAsync(), "the last flush");
        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(Producers * SpansEach));
    }

    [Test]
    public void No_flush_is_forgotten_when_many_threads_flush_after_each_span()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        Background.Join(Background.Run(Producers, _ => EndAndFlush(log, FlushesEach)));

        Assert.That(log.Counts.Written, Is.EqualTo(Producers * FlushesEach));
    }

    [Test]
    public void A_flush_of_an_empty_log_is_complete_at_once()
    {
        using TraceLog log = _fixture.Open();

        Assert.That(log.FlushAsync().IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void A_flush_with_a_cancelled_token_is_cancelled()
    {
        using TraceLog log = _fixture.Open();

        Assert.That(log.FlushAsync(new CancellationToken(canceled: true)).IsCanceled, Is.True);
    }

    private TraceLogCounts Look(TraceLog log, TraceLogCounts last)
    {
        long ended = Sum(_ended);
        TraceLogCounts counts = log.Counts;
        long begun = Sum(_begun);

        Assert.That(counts.Accepted, Is.InRange(ended, begun), "What the producers say.");
        Assert.That(counts.InFlight, Is.InRange(0, 64), "No more can be in flight than the ring holds.");
        Assert.That(counts.Accepted, Is.EqualTo(counts.Written + counts.Discarded + counts.InFlight));
        Assert.That(counts.Accepted, Is.GreaterThanOrEqualTo(last.Accepted));
        Assert.That(counts.Written, Is.GreaterThanOrEqualTo(last.Written));
        Assert.That(counts.Discarded, Is.GreaterThanOrEqualTo(last.Discarded));
        return counts;
    }

    private void Produce(int slot)
    {
        for (int i = 0; i < SpansEach; i++)
        {
            Interlocked.Increment(ref _begun[slot]);
            _fixture.End(1);
            Interlocked.Increment(ref _ended[slot]);
        }
    }

    private void EndAndFlush(TraceLog log, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            _fixture.End(1);
            Wait.For(log.FlushAsync(), "a flush");
        }
    }

    private static long Sum(long[] counters)
    {
        long sum = 0;
        for (int i = 0; i < counters.Length; i += 16)
            sum += Interlocked.Read(ref counters[i]);

        return sum;
    }
}
