using System.Diagnostics;

namespace Ring.Benchmarks.Tracing;

/// <summary>What the application does: spans of a server with six tags.</summary>
internal static class Work
{
    public const string ServiceName = "benchmark";

    private const string SourceName = "Ring.Benchmarks.Tracing";

    public static readonly ActivitySource Source = new(SourceName, "1.0.0");

    /// <summary>By name: a source is announced to listeners while it is made, before the field has it.</summary>
    public static bool IsSource(ActivitySource source) => string.Equals(source.Name, SourceName, StringComparison.Ordinal);

    /// <summary>Starts and ends a span on the calling thread.</summary>
    /// <returns>How long that took, in ticks of <see cref="Stopwatch"/>.</returns>
    public static long EndSpan()
    {
        long start = Stopwatch.GetTimestamp();
        using (Activity activity = Source.StartActivity("GET /cart/{id}", ActivityKind.Server)!)
        {
            activity.SetTag("http.request.method", "GET");
            activity.SetTag("http.route", "/cart/{id}");
            activity.SetTag("url.path", "/cart/4711");
            activity.SetTag("url.scheme", "https");
            activity.SetTag("server.address", "shop.example");
            activity.SetTag("http.response.status_code", 200);
        }

        return Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Ends spans on several threads, as fast as they can.</summary>
    /// <returns>What each of them took.</returns>
    public static long[] EndSpansFlatOut(int spans, int threads)
    {
        long[] costs = new long[spans];
        using Barrier start = new(threads);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = worker; i < spans; i += threads)
                costs[i] = EndSpan();
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return costs;
    }

    /// <summary>Ends spans on the calling thread at a steady rate that leaves the writer time.</summary>
    /// <param name="costs">Gets what each of them took: as many as it has room for.</param>
    /// <param name="spansPerSecond">The rate.</param>
    public static void EndSpansPaced(Span<long> costs, int spansPerSecond)
    {
        long period = Stopwatch.Frequency / spansPerSecond;
        long due = Stopwatch.GetTimestamp();
        for (int i = 0; i < costs.Length; i++)
        {
            while (Stopwatch.GetTimestamp() < due)
                Thread.SpinWait(1);

            costs[i] = EndSpan();
            due += period;
        }
    }
}
