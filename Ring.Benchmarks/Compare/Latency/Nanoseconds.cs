using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Latency;

internal static class Nanoseconds
{
    private static readonly double PerTick = 1e9 / Stopwatch.Frequency;

    public static long Since(long timestamp) => (long)((Stopwatch.GetTimestamp() - timestamp) * PerTick);
}
