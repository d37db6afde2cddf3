using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>
/// What can be weakened in Ring.Core: every site that a program reaches, in every way that fits the operation there; with the
/// programs that reach it, the quickest first.
/// </summary>
internal static class Mutants
{
    /// <summary>Enough to reach every site of a small program.</summary>
    private const int ExecutionsToCollect = 300;

    /// <summary>What the weaver takes to the machine, too, and nothing can be left out of.</summary>
    private static readonly string[] OrderNothing = [" Thread.", " Stopwatch.", " SpinWait.", " Monitor.Wait"];

    private static readonly Lazy<Dictionary<Weakening, List<ModelProgram>>> All = new(Collect);

    public static IReadOnlyList<Weakening> Get() =>
        [.. All.Value.Keys.OrderBy(mutant => mutant.Site, StringComparer.Ordinal).ThenBy(mutant => mutant.Kind)];

    public static bool OrdersSomething(string site) =>
        !Array.Exists(OrderNothing, operation => site.Contains(operation, StringComparison.Ordinal));

    public static IReadOnlyList<ModelProgram> ProgramsFor(Weakening mutant) => All.Value[mutant];

    private static Dictionary<Weakening, List<ModelProgram>> Collect()
    {
        Dictionary<Weakening, List<ModelProgram>> all = [];
        foreach (ModelProgram program in AllPrograms.Get().OrderBy(program => program.Cost))
        {
            HashSet<Weakening> reached = [];
            CheckOptions options = program.Options with
            {
                Mode = SearchMode.Random,
                MaxExecutions = ExecutionsToCollect,
                Sites = reached,
            };
            Checker.Run(program.Body, options);
            foreach (Weakening mutant in reached.Where(mutant => OrdersSomething(mutant.Site)))
            {
                if (!all.TryGetValue(mutant, out List<ModelProgram>? programs))
                    all.Add(mutant, programs = []);
                programs.Add(program);
            }
        }

        return all;
    }
}
