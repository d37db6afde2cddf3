using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Benchmarks.SlotContent;

/// <summary>
/// Snapshot or reference in the slot: what it costs the thread that ends a span, and how many spans a second reach a file. The variants run
/// in turns, and each figure is compared with the other variant's of the same round, so that a slow moment of the machine hits both.
/// </summary>
internal static class SlotContentMeasurement
{
    private const int Rounds = 13;
    private const int Bursts = 300;
    private const int BurstSize = 256;
    private const int FlatOutSpans = 200_000;
    private const int PoolSize = 4096;

    private static readonly ActivitySource Source = new("Ring.Benchmarks.SlotContent", "1.0.0");

    public static void Run(TextWriter output)
    {
        List<double[]> rounds = [];
        Round(0);
        for (int round = 0; round < Rounds; round++)
            rounds.Add(Round(round));

        Report(output, rounds, "caller, no publish (ns a span)", 0);
        Report(output, rounds, "caller, snapshot adds (ns a span)", 1);
        Report(output, rounds, "caller, reference adds (ns a span)", 2);
        Report(output, rounds, "flat out, new spans, snapshot (spans/s)", 3);
        Report(output, rounds, "flat out, new spans, reference (spans/s)", 4);
        Report(output, rounds, "flat out, new spans, snapshot : reference", 5);
        Report(output, rounds, "flat out, same spans, snapshot (spans/s)", 6);
        Report(output, rounds, "flat out, same spans, reference (spans/s)", 7);
        Report(output, rounds, "flat out, same spans, snapshot : reference", 8);
        Report(output, rounds, "gen 1 and 2 collections, snapshot", 9);
        Report(output, rounds, "gen 1 and 2 collections, reference", 10);
    }

    private static double[] Round(int round)
    {
        using SnapshotPipeline snapshot = new();
        using ReferencePipeline reference = new();
        double none = CallerCost(null);
        ISlotPipeline[] order = round % 2 == 0 ? [snapshot, reference] : [reference, snapshot];
        Figures[] figures = [Measure(order[0]), Measure(order[1])];
        Figures first = figures[round % 2];
        Figures second = figures[1 - (round % 2)];
        return
        [
            none, first.CallerCost - none, second.CallerCost - none,
            first.NewSpans, second.NewSpans, first.NewSpans / second.NewSpans,
            first.SameSpans, second.SameSpans, first.SameSpans / second.SameSpans,
            first.Collections, second.Collections,
        ];
    }

    private static Figures Measure(ISlotPipeline pipeline)
    {
        double caller = CallerCost(pipeline);
        int collections = GC.CollectionCount(1);
        double newSpans = NewSpansPerSecond(pipeline);
        return new Figures(caller, newSpans, SameSpansPerSecond(pipeline), GC.CollectionCount(1) - collections);
    }

    /// <summary>Bursts that fit the ring, so that what is measured is the publishing and never the waiting.</summary>
    private static double CallerCost(ISlotPipeline? pipeline)
    {
        using SpanCapture capture = Listen(pipeline is null ? static _ => { } : pipeline.Publish);
        long ticks = 0;
        for (int burst = 0; burst < Bursts; burst++)
        {
            long start = Stopwatch.GetTimestamp();
            EndSpans(BurstSize);
            ticks += Stopwatch.GetTimestamp() - start;
            pipeline?.Drain();
        }

        return ticks * 1e9 / Stopwatch.Frequency / (Bursts * BurstSize);
    }

    private static double NewSpansPerSecond(ISlotPipeline pipeline)
    {
        using SpanCapture capture = Listen(pipeline.Publish);
        long start = Stopwatch.GetTimestamp();
        EndSpans(FlatOutSpans);
        pipeline.Drain();
        return FlatOutSpans / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Spans that were made before: the application costs next to nothing, so this is what ring, drain and file can do.</summary>
    private static double SameSpansPerSecond(ISlotPipeline pipeline)
    {
        List<Activity> pool = [];
        using (Listen(pool.Add))
            EndSpans(PoolSize);

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < FlatOutSpans; i++)
            pipeline.Publish(pool[i % PoolSize]);

        pipeline.Drain();
        return FlatOutSpans / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static SpanCapture Listen(Action<Activity> stopped) => new(new SourceNameFilter([Source.Name]), stopped);

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

    private static void Report(TextWriter output, List<double[]> rounds, string name, int figure)
    {
        double[] sorted = [.. rounds.Select(round => round[figure]).Order()];
        output.WriteLine($"{name,-45} median {sorted[sorted.Length / 2],12:N2}   {sorted[0],12:N2} to {sorted[^1],12:N2}");
    }

    private readonly record struct Figures(double CallerCost, double NewSpans, double SameSpans, int Collections);
}
