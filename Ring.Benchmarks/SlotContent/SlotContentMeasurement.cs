using System.Diagnostics;
using Ring.Benchmarks.Reporting;
using Ring.Tracing;

namespace Ring.Benchmarks.SlotContent;

/// <summary>
/// Snapshot or reference in the slot: what it costs the thread that ends a span, and how many spans a second reach a file. The
/// variants take turns in short runs, each figure is the median of many, and a ratio compares neighbours, so that a slow moment
/// of the machine hits both.
/// </summary>
internal static class SlotContentMeasurement
{
    private const int Bursts = 3000;
    private const int BurstSize = 128;
    private const int Runs = 41;
    private const int SpansPerRun = 60_000;
    private const int PoolSize = 4096;

    private static readonly ActivitySource Source = new("Ring.Benchmarks.SlotContent", "1.0.0");

    public static void Run(TextWriter output)
    {
        using SnapshotPipeline snapshot = new();
        using ReferencePipeline reference = new();
        MeasureCaller(TextWriter.Null, snapshot, reference);
        MeasureCaller(output, snapshot, reference);
        MeasureFlatOut(output, "new spans", NewSpansPerSecond, snapshot, reference);
        MeasureFlatOut(output, "same spans", SameSpansPerSecond, snapshot, reference);
    }

    private static void MeasureCaller(TextWriter output, ISlotPipeline snapshot, ISlotPipeline reference)
    {
        List<double> none = [];
        List<double> snapshotAdds = [];
        List<double> referenceAdds = [];
        for (int burst = 0; burst < Bursts; burst++)
        {
            double bare = BurstCost(null);
            none.Add(bare);
            // Each is first every other time: the second finds the caches as the first left them.
            bool snapshotFirst = burst % 2 == 0;
            double first = BurstCost(snapshotFirst ? snapshot : reference);
            double second = BurstCost(snapshotFirst ? reference : snapshot);
            snapshotAdds.Add((snapshotFirst ? first : second) - bare);
            referenceAdds.Add((snapshotFirst ? second : first) - bare);
        }

        Report(output, "caller, span without a log (ns)", none);
        Report(output, "caller, a snapshot adds (ns)", snapshotAdds);
        Report(output, "caller, a reference adds (ns)", referenceAdds);
    }

    private static void MeasureFlatOut(
        TextWriter output, string what, Func<ISlotPipeline, double> measure, ISlotPipeline snapshot, ISlotPipeline reference)
    {
        List<double> snapshots = [];
        List<double> references = [];
        List<double> ratios = [];
        for (int run = 0; run < Runs; run++)
        {
            bool snapshotFirst = run % 2 == 0;
            double first = measure(snapshotFirst ? snapshot : reference);
            double second = measure(snapshotFirst ? reference : snapshot);
            snapshots.Add(snapshotFirst ? first : second);
            references.Add(snapshotFirst ? second : first);
            ratios.Add(snapshots[run] / references[run]);
        }

        Report(output, what + " to a file, snapshot (1/s)", snapshots);
        Report(output, what + " to a file, reference (1/s)", references);
        Report(output, what + " to a file, snapshot : reference", ratios);
    }

    /// <summary>A burst fits the ring, so that what is measured is the publishing and never the waiting.</summary>
    private static double BurstCost(ISlotPipeline? pipeline)
    {
        using SpanCapture capture = Listen(pipeline is null ? static _ => { }
        : pipeline.Publish);
        long start = Stopwatch.GetTimestamp();
        EndSpans(BurstSize);
        long ticks = Stopwatch.GetTimestamp() - start;
        pipeline?.Drain();
        return ticks * 1e9 / Stopwatch.Frequency / BurstSize;
    }

    private static double NewSpansPerSecond(ISlotPipeline pipeline)
    {
        using SpanCapture capture = Listen(pipeline.Publish);
        long start = Stopwatch.GetTimestamp();
        EndSpans(SpansPerRun);
        pipeline.Drain();
        return SpansPerRun / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>
    /// Spans that were made before: the application costs next to nothing, so this is what ring, drain and file can do.
    /// </summary>
    private static double SameSpansPerSecond(ISlotPipeline pipeline)
    {
        List<Activity> pool = [];
        using (Listen(pool.Add))
            EndSpans(PoolSize);

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < SpansPerRun; i++)
            pipeline.Publish(pool[i % PoolSize]);

        pipeline.Drain();
        return SpansPerRun / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static SpanCapture Listen(Action<Activity> stopped) => new(new SourceSelector(new SourceNameFilter([Source.Name]), rule: null), stopped, takesUnsampled: true);

    private static void EndSpans(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using Activity activity = Source.StartActivity("GET /cart/{id}", ActivityKind.Server)!;
            activity.SetTag("http.request.method", "GET");
            activity.SetTag("http.route", "/cart/{id}");
            activity.SetTag("url.path", "/cart/4711");
            activity.SetTag("url.scheme", "https");
            activity.SetTag("server.address", "shop.example");
            activity.SetTag("http.response.status_code", 200);
        }
    }

    private static void Report(TextWriter output, string name, List<double> figures) =>
        output.WriteLine($"{name,-45} {Spread.Of(figures).ToText("N2")}: median and quartiles");
}
