using System.Diagnostics.Tracing;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class RingTracingEventSourceTests
{
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void The_life_of_a_log_is_told_from_start_to_stop()
    {
        using EventReader reader = new();
        using TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(3);
        Eventually.Holds(() => reader.Has("DiskRefused"), "the disk refuses");
        log.Dispose();

        string[] events = reader.Events;
        Assert.Multiple(() =>
        {
            Assert.That(events[0], Is.EqualTo($"LogStarted({_fixture.Root})"));
            Assert.That(events[1], Does.StartWith("DiskRefused("));
            Assert.That(events[2], Is.EqualTo("SpansDiscarded(3, write_failed 3)"));
            Assert.That(events[3], Is.EqualTo("LogStopped(0, 0, 0)"));
        });
    }

    [Test]
    public void A_disk_that_is_back_is_told()
    {
        using EventReader reader = new();
        using TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(3);
        Eventually.Holds(() => reader.Has("DiskRefused"), "the disk refuses");
        _fixture.Disk.FreeBytes = long.MaxValue;

        Eventually.Holds(() => _fixture.AdvanceToRetry() && reader.Has("DiskResumed"), "the disk is back");
    }

    [Test]
    public void The_manifest_can_be_made() =>
        Assert.That(
            EventSource.GenerateManifest(typeof(RingTracingEventSource), "Ring.Tracing.dll", EventManifestOptions.Strict),
            Does.Contain("name=\"Ring-Tracing\""));

    [Test]
    public void Nothing_is_allocated_while_nobody_listens() =>
        Assert.That(
            Allocations.Of(static () =>
            {
                RingTracingEventSource.Log.LogStarted("folder");
                RingTracingEventSource.Log.LogStopped(1, 2, 3);
                RingTracingEventSource.Log.DiskRefused("full");
                RingTracingEventSource.Log.DiskResumed();
                RingTracingEventSource.Log.SpansDiscarded(1, "queue_full 1");
            }),
            Is.Zero);
}
