using System.Diagnostics;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// How all cases are run: each contender is warmed up and gets as much as fills a run; then all take turns, so that what the machine does
/// to one it does to all, in another order each round, since each finds the heap and the caches as the one before has left them.
/// </summary>
/// <param name="rounds">How many turns each has.</param>
/// <param name="runSeconds">How long a run is to last.</param>
/// <param name="warmUpSeconds">How long each contender is run before.</param>
internal sealed class Turns(int rounds, double runSeconds, double warmUpSeconds)
{
    private const double MostGrowth = 8;

    /// <summary>Of a run that is long enough, and not too long.</summary>
    private const double Tolerance = 2;

    /// <summary>A contender whose runs never take the same time has to be left at some time, in times of the warm-up.</summary>
    private const double MostWarmUps = 5;

    /// <summary>
    /// A method whose calls come to thirty is compiled for good, with what the runtime has learned about it, and the loops of a run are
    /// called once in it. Those of the first moments are not counted.
    /// </summary>
    private const int FewestRuns = 200;

    /// <summary>Returns how many operations fill a run.</summary>
    /// <param name="fewest">How many it is to be at least.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="run">Runs so many, and returns the seconds that it took.</param>
    public int WarmUp(int fewest, int most, Func<int, double> run)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int runs = 0; runs < FewestRuns || clock.Elapsed.TotalSeconds < warmUpSeconds / 2; runs++)
            _ = run(fewest);

        // However long those took: how much fills a run has still to be found out.
        clock.Restart();
        int operations = fewest;
        while (true)
        {
            double growth = runSeconds / run(operations);
            int next = (int)Math.Clamp(operations * Math.Min(MostGrowth, growth), fewest, most);
            bool fits = growth is > 1 / Tolerance and < Tolerance || next == operations;
            double warmUps = clock.Elapsed.TotalSeconds / warmUpSeconds;
            if (warmUps >= MostWarmUps || (fits && warmUps >= 1))
                return next;

            operations = next;
        }
    }

    /// <summary>Runs a case from the first warm-up to the last turn, and ends its contenders.</summary>
    public static TResult With<TContender, TResult>(TContender[] contenders, Func<TContender[], TResult> run)
        where TContender : IDisposable
    {
        try
        {
            return run(contenders);
        }
        finally
        {
            Array.ForEach(contenders, static contender => contender.Dispose());
        }
    }

    /// <param name="contenders">How many there are.</param>
    /// <param name="run">Runs the one with this index once.</param>
    public void Take(int contenders, Action<int> run)
    {
        // The same orders each time.
        Random random = new(contenders);
        int[] order = [.. Enumerable.Range(0, contenders)];
        for (int round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            Array.ForEach(order, run);
        }
    }
}
