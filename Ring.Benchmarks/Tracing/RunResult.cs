using System.Diagnostics;

namespace Ring.Benchmarks.Tracing;

/// <summary>What one run of one variant came to.</summary>
internal sealed class RunResult
{
    /// <param name="costs">What each span took on its thread, in ticks of <see cref="Stopwatch"/>; they are sorted.</param>
    /// <param name="onDisk">How many of them are in a file.</param>
    /// <param name="seconds">From the first span until the files were closed.</param>
    public RunResult(long[] costs, long onDisk, double seconds)
    {
        Array.Sort(costs);
        Lost = costs.Length - onDisk;
        SpansPerSecond = onDisk / seconds;
        Median = Nanoseconds(costs, 0.5);
        Percentile99 = Nanoseconds(costs, 0.99);
        Percentile999 = Nanoseconds(costs, 0.999);
    }

    public double SpansPerSecond { get; }

    public long Lost { get; }

    /// <summary>Nanoseconds on the thread that ends the span, as are the next two.</summary>
    public double Median { get; }

    public double Percentile99 { get; }

    public double Percentile999 { get; }

    private static double Nanoseconds(long[] sorted, double share) =>
        sorted[(int)(share * (sorted.Length - 1))] * 1e9 / Stopwatch.Frequency;
}
