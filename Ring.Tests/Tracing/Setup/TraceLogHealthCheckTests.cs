using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogHealthCheckTests
{
    private LogFixture _fixture = null!;
    private TraceLog _log = null!;
    private ServiceProvider _services = null!;

    [SetUp]
    public void MakeLog()
    {
        _fixture = new LogFixture();
        _log = _fixture.Open();
        ServiceCollection services = [];
        services.AddLogging().AddSingleton(_log).AddHealthChecks().AddRingTracing(tags: ["disk"]);
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public void DisposeLog()
    {
        _services.Dispose();
        _log.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public void A_log_that_writes_all_is_healthy()
    {
        _fixture.End(10);
        Wait.For(_log.FlushAsync(), "the flush");
        HealthReportEntry entry = Check();

        Assert.Multiple(() =>
        {
            Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(entry.Data, Is.EquivalentTo(new Dictionary<string, object> { ["written"] = 10L, ["in_flight"] = 0L }));
            Assert.That(entry.Tags, Is.EqualTo(["disk"]));
        });
    }

    [Test]
    public void A_disk_that_refuses_is_unhealthy_until_it_is_back()
    {
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(5);
        Eventually.Holds(() => Check().Status == HealthStatus.Unhealthy, "the disk refuses");
        Assert.That(Check().Description, Does.StartWith("The disk refuses spans: "));
        _fixture.Disk.FreeBytes = long.MaxValue;

        Eventually.Holds(() => _fixture.AdvanceToRetry() && Check().Status == HealthStatus.Healthy, "the disk is back");
    }

    [Test]
    public void Spans_that_were_discarded_degrade_one_check_and_not_the_next()
    {
        using ManualResetEventSlim gate = new();
        _fixture.Disk.Gate = gate;
        _fixture.End(1);
        Eventually.Holds(() => _fixture.Disk.Attempts == 1, "the drain writes");
        _fixture.End(100);
        gate.Set();
        Wait.For(_log.FlushAsync(), "the flush");
        long discarded = _log.Counts.RingFull;
        HealthReportEntry entry = Check();

        Assert.Multiple(() =>
        {
            Assert.That(entry.Status, Is.EqualTo(HealthStatus.Degraded));
            Assert.That(entry.Description, Is.EqualTo($"{discarded} spans were discarded since the last check: queue_full {discarded}."));
            Assert.That(entry.Data["queue_full"], Is.EqualTo(discarded).And.Positive);
            Assert.That(Check().Status, Is.EqualTo(HealthStatus.Healthy));
        });
    }

    [Test]
    public void Name_and_status_of_the_check_can_be_chosen()
    {
        ServiceCollection services = [];
        services.AddLogging().AddSingleton(_log).AddHealthChecks().AddRingTracing("spans", HealthStatus.Degraded);
        using ServiceProvider provider = services.BuildServiceProvider();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(5);

        Eventually.Holds(() => CheckIn(provider)["spans"].Status == HealthStatus.Degraded, "the disk refuses");
    }

    private HealthReportEntry Check() => CheckIn(_services)["ring_tracing"];

    private static IReadOnlyDictionary<string, HealthReportEntry> CheckIn(ServiceProvider services)
    {
        Task<HealthReport> check = services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Wait.For(check, "the check");
        return check.Result.Entries;
    }
}
