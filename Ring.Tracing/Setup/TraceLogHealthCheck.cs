using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>
/// Says how a log is: unhealthy while the disk refuses, degraded when spans were discarded since the last check, else healthy.
/// </summary>
/// <remarks>Thread-safe. All callers share the last check.</remarks>
internal sealed class TraceLogHealthCheck(TraceLog log) : IHealthCheck
{
    private readonly Lock _gate = new();
    private TraceLogCounts _last;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        TraceLogCounts last, now;
        lock (_gate)
        {
            last = _last;
            now = _last = log.Counts;
        }

        return Task.FromResult(Judge(context, last, now, ((ITraceLogGauges)log).DiskTrouble));
    }

    private static HealthCheckResult Judge(HealthCheckContext context, TraceLogCounts last, TraceLogCounts now, string? trouble)
    {
        Dictionary<string, object> data = DataOf(last, now);
        long discarded = now.Discarded - last.Discarded;
        if (trouble is not null)
            return new HealthCheckResult(context.Registration.FailureStatus, $"The disk refuses spans: {trouble}", exception: null, data);

        if (discarded > 0)
        {
            string text = string.Format(
                CultureInfo.InvariantCulture, "{0} spans were discarded since the last check: {1}.",
                discarded, LossText.Describe(last, now));
            return HealthCheckResult.Degraded(text, exception: null, data);
        }

        return HealthCheckResult.Healthy("No span was discarded since the last check.", data);
    }

    private static Dictionary<string, object> DataOf(TraceLogCounts last, TraceLogCounts now)
    {
        Dictionary<string, object> data = new(StringComparer.Ordinal)
        {
            ["written"] = now.Written - last.Written,
            ["in_flight"] = now.InFlight,
        };
        foreach (LossReason reason in LossReasons.All)
        {
            long count = now.DiscardedFor(reason) - last.DiscardedFor(reason);
            if (count > 0)
                data.Add(LossReasons.NameOf(reason), count);
        }

        return data;
    }
}
