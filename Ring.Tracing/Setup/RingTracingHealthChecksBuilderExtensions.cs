using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ring.Tracing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a check of the trace log to the health checks of an application.</summary>
/// <remarks>Thread safety: not thread-safe, as the collection of services is not.</remarks>
public static class RingTracingHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the <see cref="TraceLog"/> that <c>AddRingTracing</c> added to the services. It fails while the disk
    /// refuses spans; it is degraded when spans were discarded since the last check, whoever asked for that one, and its data say
    /// how many for which reason; otherwise it is healthy.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check, which no other check may have.</param>
    /// <param name="failureStatus">What to report while the disk refuses; by default unhealthy.</param>
    /// <param name="tags">What to choose the check by; by default nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    public static IHealthChecksBuilder AddRingTracing(
        this IHealthChecksBuilder builder,
        string name = "ring_tracing",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        if (builder is null)
            throw new ArgumentNullException(nameof(builder));

        // One for all checks: it remembers the last one.
        builder.Services.TryAddSingleton<TraceLogHealthCheck>();
        return builder.Add(new HealthCheckRegistration(
            name, static services => services.GetRequiredService<TraceLogHealthCheck>(), failureStatus, tags));
    }
}
