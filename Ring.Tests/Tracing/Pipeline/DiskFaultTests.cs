using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class DiskFaultTests
{
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void After_a_full_disk_writing_resumes_by_itself_and_loses_nothing_that_fits_the_memory()
    {
        using TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 100;
        _fixture.End(20);
        Eventually.Holds(() => _fixture.Disk.Failures > 0, "a write fails");
        Assert.That(log.Counts.InFlight, Is.EqualTo(20));

        Task flush = log.FlushAsync();
        Assert.That(flush.IsCompleted, Is.False);
        _fixture.Disk.FreeBytes = long.MaxValue;
        // Again and again: the drain may look at the clock, for the time of its next try, after the first time.
        Eventually.Holds(
            () =>
            {
                _fixture.Clock.Advance(LineWriter.RetryDelay);
                return flush.IsCompleted;
            },
            "the retry");

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(20));
            Assert.That((log.Counts.Written, log.Counts.InFlight, log.Counts.Discarded), Is.EqualTo((20L, 0L, 0L)));
        });
    }

    [Test]
    public void What_does_not_fit_the_memory_is_counted_span_by_span()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(10_000);
        Eventually.Holds(() => log.Counts.WriteFailed > 0, "the memory for waiting spans is full");
        _fixture.Disk.FreeBytes = long.MaxValue;
        _fixture.Clock.Advance(LineWriter.RetryDelay);
        log.Dispose();

        TraceLogCounts counts = log.Counts;
        Assert.Multiple(() =>
        {
            Assert.That(counts.Accepted, Is.EqualTo(10_000));
            Assert.That(counts.Written, Is.GreaterThan(0));
            Assert.That(counts.Written + counts.WriteFailed, Is.EqualTo(10_000));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo((int)counts.Written));
        });
    }

    [Test]
    public void A_disk_that_never_comes_back_costs_the_spans_and_not_the_application()
    {
        TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(50);
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That((log.Counts.Accepted, log.Counts.WriteFailed, log.Counts.InFlight), Is.EqualTo((50L, 50L, 0L)));
            Assert.That(LogFixture.Read(log), Is.Empty);
        });
    }

    [Test]
    public void Statistics_go_on_while_spans_cannot_be_written()
    {
        using TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(50);
        Eventually.Holds(() => _fixture.Disk.Failures > 0, "a write fails");
        _fixture.Disk.FreeBytes = long.MaxValue;
        log.Dispose();

        Assert.That(File.ReadAllText(log.StatisticFiles.Single()), Does.Contain("\"count\":50"));
    }

    [Test]
    public void A_flush_that_waits_for_the_disk_can_be_cancelled()
    {
        using TraceLog log = _fixture.Open();
        using CancellationTokenSource cancellation = new();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(1);
        Task flush = log.FlushAsync(cancellation.Token);
        cancellation.Cancel();

        Assert.That(async () => await flush, Throws.InstanceOf<OperationCanceledException>());
    }
}
