using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class HostedLogTests
{
    private LogFixture _fixture = null!;
    private RecordingLogs _logs = null!;

    [SetUp]
    public void MakeFixture()
    {
        _fixture = new LogFixture();
        _logs = new RecordingLogs();
    }

    [TearDown]
    public void DisposeFixture()
    {
        _logs.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task The_log_captures_from_before_the_first_service_starts_until_after_the_last_has_stopped()
    {
        using IHost host = NewHost(services => services.AddHostedService(_ => new SpanningService(_fixture)));
        TraceLog log = await RunAsync(host);

        Assert.That(LogFixture.Read(log).Select(span => span.Name), Is.EquivalentTo(["start", "started", "stopping", "stop"]));
    }

    [Test]
    public async Task Nothing_is_left_to_be_drained_when_the_host_has_stopped()
    {
        using IHost host = NewHost(_ => { });
        await host.StartAsync();
        TraceLog log = host.Services.GetRequiredService<TraceLog>();
        _fixture.End(10);
        await host.StopAsync();
        _fixture.End(1);

        Assert.That((log.Counts.Written, log.Counts.InFlight), Is.EqualTo((10L, 0L)));
        Assert.That(log.StatisticFiles, Is.Not.Empty);
        Assert.That(_fixture.Source.HasListeners(), Is.False);
    }

    [Test]
    public async Task The_end_is_reported_in_one_line()
    {
        using ManualResetEventSlim gate = new();
        TraceLog log = NewLog(options => options.ShutdownTimeout = TimeSpan.FromMinutes(10));
        using IHost host = NewHost(services => services.AddSingleton(log));
        await host.StartAsync();
        _fixture.Disk.Gate = gate;
        _fixture.End(10);
        Task stop = host.StopAsync();
        Eventually.Holds(() => !_fixture.Source.HasListeners(), "the log is stopping");
        gate.Set();
        await stop;

        Assert.That(_logs.Lines, Is.EqualTo(["Information: Trace log stopped: drained 10, abandoned 0, in 0 ms."]));
    }

    [Test]
    public async Task A_host_that_is_out_of_time_is_not_held_up_and_told_what_is_lost()
    {
        using ManualResetEventSlim gate = new();
        TraceLog log = NewLog(options => options.ShutdownTimeout = TimeSpan.FromHours(1));
        using IHost host = NewHost(services => services.AddSingleton(log));
        await host.StartAsync();
        _fixture.Disk.Gate = gate;
        _fixture.End(10);
        Wait.For(host.StopAsync(new CancellationToken(canceled: true)), "the host to stop");
        string[] lines = _logs.Lines;
        gate.Set();
        Wait.For(log.FlushAsync(), "what is left in the ring to be accounted for");
        Eventually.Holds(() => _fixture.Disk.OpenFiles == 0, "the drain has ended");

        Assert.That(lines, Is.EqualTo(["Warning: Trace log stopped: drained 0, abandoned 10, in 0 ms."]));
    }

    [Test]
    public void A_host_that_is_out_of_time_still_gets_what_a_healthy_disk_takes()
    {
        TraceLog log = NewLog(options => options.RingSize = 65_536);
        _fixture.End(200);
        Wait.For(log.StopAsync(new CancellationToken(canceled: true)), "the log to stop");

        Assert.That((log.Counts.Written, log.Counts.Discarded), Is.EqualTo((200L, 0L)));
    }

    [Test]
    public void A_host_with_bad_options_does_not_start()
    {
        using IHost host = NewHost(services => services.AddRingTracing(options => options.RingSize = 5));

        Assert.That(() => host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("RingSize"));
        Assert.That(Directory.EnumerateFileSystemEntries(_fixture.Root), Is.Empty);
    }

    [Test]
    public void A_host_whose_folder_takes_no_file_does_not_start()
    {
        string file = Path.Combine(_fixture.Root, "taken");
        File.WriteAllText(file, "");
        using IHost host = NewHost(services => services.AddRingTracing(options => options.Directory = file));

        Assert.That(() => host.StartAsync(), Throws.InstanceOf<IOException>().With.Message.Contains(file));
    }

    [Test]
    public async Task A_host_that_is_disposed_of_without_being_stopped_drains_the_log()
    {
        IHost host = NewHost(_ => { });
        await host.StartAsync();
        TraceLog log = host.Services.GetRequiredService<TraceLog>();
        _fixture.End(10);
        host.Dispose();

        Assert.That((log.Counts.Written, log.Counts.InFlight), Is.EqualTo((10L, 0L)));
        Assert.That(_logs.Lines, Has.Some.Contains("Trace log stopped: "));
    }

    [Test]
    public async Task Trouble_with_the_disk_is_in_the_application_s_logging()
    {
        TraceLog log = NewLog(_ => { });
        using IHost host = NewHost(services => services.AddSingleton(log));
        await host.StartAsync();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(5);
        Eventually.Holds(() => _logs.Lines.Length == 1, "the message");
        _fixture.Disk.FreeBytes = long.MaxValue;
        Eventually.Holds(() => _fixture.AdvanceToRetry() && _logs.Lines.Length == 2, "the other message");
        await host.StopAsync();

        Assert.That(_logs.Lines[0], Does.StartWith("Warning: The disk refuses spans: "));
        Assert.That(_logs.Lines[1], Is.EqualTo("Information: The disk takes spans again."));
    }

    [Test]
    public async Task The_span_of_a_request_that_ends_while_the_server_stops_is_on_disk()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRingTracing(options =>
        {
            options.Directory = _fixture.Root;
            options.Sources.Add("Microsoft.AspNetCore");
        });
        await using WebApplication server = builder.Build();
        TaskCompletionSource isInside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        server.MapGet("/last", async (IHostApplicationLifetime lifetime) =>
        {
            isInside.SetResult();
            await Task.Delay(Timeout.Infinite, lifetime.ApplicationStopping).ContinueWith(_ => { }, TaskScheduler.Default);
            return "done";
        });
        await server.StartAsync();
        TraceLog log = server.Services.GetRequiredService<TraceLog>();
        using HttpClient client = new() { BaseAddress = new Uri(server.Urls.First()) };
        Task<string> last = client.GetStringAsync("/last");
        Wait.For(isInside.Task, "the request to be inside");
        await server.StopAsync();

        Assert.That(await last, Is.EqualTo("done"));
        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(1));
    }

    private TraceLog NewLog(Action<TraceLogOptions> configure)
    {
        TraceLogOptions options = _fixture.Options();
        configure(options);
        LoggingObserver observer = new(_logs.CreateLogger(typeof(TraceLog).FullName!));
        return new TraceLog(options, _fixture.Disk, _fixture.Clock, observer: observer);
    }

    private IHost NewHost(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddProvider(_logs);
        // Before the log: it must not depend on the order of registration.
        configure(builder.Services);
        builder.Services.AddRingTracing(options =>
        {
            options.Directory = options.Directory.Length == 0 ? _fixture.Root : options.Directory;
            options.Sources.Add(_fixture.Source.Name);
        });
        return builder.Build();
    }

    private static async Task<TraceLog> RunAsync(IHost host)
    {
        await host.StartAsync();
        TraceLog log = host.Services.GetRequiredService<TraceLog>();
        await host.StopAsync();
        return log;
    }
}
