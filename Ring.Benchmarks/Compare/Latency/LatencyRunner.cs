using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>Runs a latency case as <see cref="CaseRunner"/> does the others: warmed up, and in turns.</summary>
internal sealed class LatencyRunner(Effort effort, TextWriter progress)
{
    private const int FewestEvents = 1_000;
    private const int MostEvents = 10_000_000;

    public LatencyResult Run(LatencyCase work)
    {
        ILatencyContender[] contenders = work.MakeContenders();
        try
        {
            return Run(work, contenders);
        }
        finally
        {
            Array.ForEach(contenders, static contender => contender.Dispose());
        }
    }

    private LatencyResult Run(LatencyCase work, ILatencyContender[] contenders)
    {
        progress.Write($"{work.Id}: ");
        int[] events = Array.ConvertAll(contenders, WarmUp);
        LatencyResult result = new(work, Array.ConvertAll(contenders, static contender => contender.Name));
        for (int round = 0; round < effort.Rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                int contender = (round + i) % contenders.Length;
                GC.Collect();
                result.Add(contender, contenders[contender].Run(events[contender]));
            }
        }

        progress.WriteLine($"{result.Percentile(0, 0.5).Median:N0} ns");
        return result;
    }

    /// <summary>Returns how many events fill a run.</summary>
    private int WarmUp(ILatencyContender contender)
    {
        Stopwatch all = Stopwatch.StartNew();
        int events = FewestEvents;
        do
        {
            Stopwatch one = Stopwatch.StartNew();
            _ = contender.Run(events);
            double growth = Math.Min(4, effort.RunSeconds / one.Elapsed.TotalSeconds);
            events = (int)Math.Clamp(events * growth, FewestEvents, MostEvents);
        }
        while (all.Elapsed.TotalSeconds < effort.WarmUpSeconds);

        return events;
    }
}
