using System.Diagnostics;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>A row of the statistic log: the spans of one key that ended in one interval.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedStatistic : LoggedRecord
{
    internal LoggedStatistic(JsonElement json, LinePlace place)
        : base(place)
    {
        StartTimeUtc = StatisticJson.Time(json, "start");
        EndTimeUtc = StatisticJson.Time(json, "end");
        ServiceName = OtlpJsonReader.Text(json, "service");
        IsOthers = OtlpJsonReader.Member(json, "others").ValueKind == JsonValueKind.True;
        Name = OtlpJsonReader.Text(json, "name");
        Kind = StatisticJson.Kind(json);
        Attributes = StatisticJson.Attributes(json);
        IsLoadTest = OtlpJsonReader.Member(json, "loadTest").ValueKind == JsonValueKind.True;
        Count = StatisticJson.Count(json, "count");
        Errors = StatisticJson.Count(json, "errors");
        Total = StatisticJson.Duration(json, "totalMs");
        Shortest = StatisticJson.Duration(json, "minMs");
        Longest = StatisticJson.Duration(json, "maxMs");
        P50 = StatisticJson.Duration(json, "p50Ms");
        P90 = StatisticJson.Duration(json, "p90Ms");
        P95 = StatisticJson.Duration(json, "p95Ms");
        P99 = StatisticJson.Duration(json, "p99Ms");
        SlowestTraceId = OtlpJsonReader.TraceId(json, "slowestTraceId");
    }

    /// <summary>
    /// The values of <c>StatisticOptions.KeyAttributes</c>, as text, by which rows of one name and kind differ; none if there are
    /// no such keys.
    /// </summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>Whether the spans belong to a load test.</summary>
    public bool IsLoadTest { get; }

    /// <summary>When the interval began, in UTC.</summary>
    public DateTime StartTimeUtc { get; }

    /// <summary>When the interval ended, in UTC.</summary>
    public DateTime EndTimeUtc { get; }

    /// <summary>The name of the service.</summary>
    public string ServiceName { get; }

    /// <summary>Whether the row is that of all spans that found no row of their own, and so has no name.</summary>
    public bool IsOthers { get; }

    /// <summary>The name of the spans; empty for the row of the others, and if names are not in the key.</summary>
    public string Name { get; }

    /// <summary>The kind of the spans; internal for the row of the others, and if kinds are not in the key.</summary>
    public ActivityKind Kind { get; }

    /// <summary>How many spans ended in the interval.</summary>
    public long Count { get; }

    /// <summary>How many of them were errors, from 0 to <see cref="Count"/>.</summary>
    public long Errors { get; }

    /// <summary>The sum of the durations.</summary>
    public TimeSpan Total { get; }

    /// <summary>The shortest duration.</summary>
    public TimeSpan Shortest { get; }

    /// <summary>The longest duration.</summary>
    public TimeSpan Longest { get; }

    /// <summary>The duration that half of the spans do not exceed, within 1 %.</summary>
    public TimeSpan P50 { get; }

    /// <summary>The duration that 90 % of the spans do not exceed, within 1 %.</summary>
    public TimeSpan P90 { get; }

    /// <summary>The duration that 95 % of the spans do not exceed, within 1 %.</summary>
    public TimeSpan P95 { get; }

    /// <summary>The duration that 99 % of the spans do not exceed, within 1 %.</summary>
    public TimeSpan P99 { get; }

    /// <summary>The trace of the slowest span; the default value if the row names none.</summary>
    public ActivityTraceId SlowestTraceId { get; }
}
