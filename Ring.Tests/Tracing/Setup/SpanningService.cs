using Microsoft.Extensions.Hosting;

namespace Ring.Tests.Tracing;

/// <summary>Ends a span wherever the host calls it from start to stop.</summary>
internal sealed class SpanningService(LogFixture fixture) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => End("start");

    public Task StartedAsync(CancellationToken cancellationToken) => End("started");

    public Task StoppingAsync(CancellationToken cancellationToken) => End("stopping");

    public Task StopAsync(CancellationToken cancellationToken) => End("stop");

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task End(string name)
    {
        fixture.End(1, name);
        return Task.CompletedTask;
    }
}
