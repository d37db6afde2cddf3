using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>Runs the cases that are about the time that an event takes.</summary>
internal sealed class LatencyRunner(Effort effort, TextWriter progress)
{
    private const int FewestEvents = 1_000;
    private const int MostEvents = 10_000_000;

    public LatencyResult Run(LatencyCase work) => Turns.With(work.MakeContenders(), contenders => Run(work, contenders));

    private LatencyResult Run(LatencyCase work, ILatencyContender[] contenders)
    {
        progress.Write($"{work.Id}: ");
        Turns turns = effort.ForTimes;
        int[] events = Array.ConvertAll(contenders, contender => turns.WarmUp(
            FewestEvents, MostEvents, count => SecondsOf(contender, count)));
        LatencyResult result = new(work, Array.ConvertAll(contenders, static contender => contender.Name));
        turns.Take(contenders.Length, i => result.Add(i, RunOnce(contenders[i], events[i])));
        progress.WriteLine($"{result.Percentile(0, 0.5).Median:N0} ns");
        return result;
    }

    private static double SecondsOf(ILatencyContender contender, int events)
    {
        Stopwatch clock = Stopwatch.StartNew();
        _ = RunOnce(contender, events);
        return clock.Elapsed.TotalSeconds;
    }

    private static Histogram RunOnce(ILatencyContender contender, int events)
    {
        GC.Collect();
        Histogram times = contender.Run(events);
        return times.Count == events
            ? times
            : throw new InvalidOperationException($"{contender.Name}: {times.Count} of {events} events came.");
    }
}
