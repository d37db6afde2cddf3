namespace Ring.Benchmarks.Compare;

/// <summary>Runs the cases that are about events a second.</summary>
internal sealed class CaseRunner(Effort effort, TextWriter progress)
{
    private const int FewestOperations = 1_000;
    private const int MostOperations = 200_000_000;

    public CaseResult Run(Case work) => Turns.With(work.MakeContenders(), contenders => Run(work, contenders));

    private CaseResult Run(Case work, IContender[] contenders)
    {
        progress.Write($"{work.Id}: ");
        Turns turns = effort.ForRates;
        int[] operations = Array.ConvertAll(contenders, contender => turns.WarmUp(
            FewestOperations, MostOperations, count => contender.Run(count).Seconds));
        CaseResult result = new(work, Array.ConvertAll(contenders, static contender => contender.Name));
        turns.Take(contenders.Length, i => result.Add(i, contenders[i].Run(operations[i])));
        progress.WriteLine($"{result.Rate(0).Median:N0} events a second");
        return result;
    }
}
