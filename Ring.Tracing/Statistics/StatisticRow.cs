using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>What one key did in the interval.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class StatisticRow(bool isLoadTest)
{
    private readonly DurationSketch _durations = new();

    // Which of them depends on how the span came. The numbers become a trace only when it is written: that allocates.
    private SpanIds _slowestIds;
    private ActivityTraceId _slowestTrace;

    /// <summary>Whether all of its spans belong to a load test; otherwise none does.</summary>
    public bool IsLoadTest { get; } = isLoadTest;

    public long Count => _durations.Count;

    public long Errors { get; private set; }

    /// <summary>The sum of the durations, in 100 ns ticks; the largest number if they come to more.</summary>
    public long TotalTicks { get; private set; }

    /// <summary>The part of <see cref="TotalTicks"/> that errors took.</summary>
    public long ErrorTicks { get; private set; }

    public long MinTicks { get; private set; }

    public long MaxTicks { get; private set; }

    /// <summary>The trace of the slowest span: the one worth looking at.</summary>
    public ActivityTraceId SlowestTrace => _slowestIds.IsValid ? _slowestIds.TraceId : _slowestTrace;

    public void Add(SpanEvent span)
    {
        long ticks = span.DurationTicks;
        if (Count == 0 || ticks > MaxTicks)
        {
            MaxTicks = ticks;
            _slowestIds = span.Ids;
            _slowestTrace = span.Ids.IsValid ? default : span.TraceId;
        }

        MinTicks = Count == 0 ? ticks : Math.Min(MinTicks, ticks);
        TotalTicks = Sum(TotalTicks, ticks);
        _durations.Add(ticks);
        if (span.Status != ActivityStatusCode.Error)
            return;

        Errors++;
        ErrorTicks = Sum(ErrorTicks, ticks);
    }

    /// <summary>A percentile in ticks, within 1 % and never outside the durations that were seen.</summary>
    public long Percentile(int percent) => Math.Max(MinTicks, Math.Min(MaxTicks, _durations.Percentile(percent)));

    public void Clear()
    {
        _durations.Clear();
        Errors = 0;
        TotalTicks = 0;
        ErrorTicks = 0;
        MinTicks = 0;
        MaxTicks = 0;
        _slowestIds = default;
        _slowestTrace = default;
    }

    private static long Sum(long total, long ticks) => ticks > long.MaxValue - total ? long.MaxValue : total + ticks;
}
