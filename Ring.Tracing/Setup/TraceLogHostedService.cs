using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ring.Tracing;

/// <summary>
/// Makes the log before any service of the host starts, and drains it when all of them have stopped, so that the span of the last
/// request is in it. A host that knows nothing of that order drains it when it disposes of its services.
/// </summary>
/// <remarks>Not thread-safe: the host calls one member after another.</remarks>
internal sealed class TraceLogHostedService(IServiceProvider services) : IHostedLifecycleService
{
    private TraceLog? _log;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Not asked for in the constructor: hosts construct all services first, and whoever is slow there would be traced.
        _log = services.GetRequiredService<TraceLog>();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => StartingAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _log is null ? Task.CompletedTask : _log.StopAsync(cancellationToken);
}
