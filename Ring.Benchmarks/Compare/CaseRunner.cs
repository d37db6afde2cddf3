using System.Diagnostics;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// Runs a case: each contender is warmed up and gets as many operations as fill a run, then all take turns, each first in its turn, so
/// that what the machine does to one it does to all.
/// </summary>
internal sealed class CaseRunner(Effort effort, TextWriter progress)
{
    private const int FewestOperations = 1_000;
    private const int MostOperations = 200_000_000;
    private const double MostGrowth = 8;

    public CaseResult Run(Case work)
    {
        IContender[] contenders = work.MakeContenders();
        try
        {
            return Run(work, contenders);
        }
        finally
        {
            Array.ForEach(contenders, static contender => contender.Dispose());
        }
    }

    private CaseResult Run(Case work, IContender[] contenders)
    {
        progress.Write($"{work.Id}: ");
        int[] operations = Array.ConvertAll(contenders, WarmUp);
        CaseResult result = new(work, Array.ConvertAll(contenders, static contender => contender.Name));
        for (int round = 0; round < effort.Rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                int contender = (round + i) % contenders.Length;
                result.Add(contender, contenders[contender].Run(operations[contender]));
            }
        }

        progress.WriteLine($"{result.Rate(0).Median:N0} {work.Unit}s a second");
        return result;
    }

    /// <summary>Returns how many operations fill a run.</summary>
    private int WarmUp(IContender contender)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int operations = FewestOperations;
        double seconds;
        do
        {
            seconds = contender.Run(operations).Seconds;
            double growth = Math.Min(MostGrowth, effort.RunSeconds / seconds);
            operations = (int)Math.Clamp(operations * growth, FewestOperations, MostOperations);
        }
        while (clock.Elapsed.TotalSeconds < effort.WarmUpSeconds || (seconds < effort.RunSeconds / 2 && operations < MostOperations));

        return operations;
    }
}
