using System.Diagnostics;
using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>Whether the programs would notice: each ordered access of Ring.Core is weakened, one at a time.</summary>
internal sealed class MutantTests
{
    /// <summary>For one program; what a mutant breaks shows early.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test, Explicit("Takes long"), Category("Model")]
    public void Every_mutant_is_killed_or_explained()
    {
        List<string> unexplained = [];
        int killed = 0;
        foreach (Weakening mutant in Mutants.Get())
        {
            Stopwatch stopwatch = Stopwatch.StartNew();
            (ModelProgram Program, string Message)? kill = FindKill(mutant);
            string? reason = Survivors.ReasonFor(mutant);
            killed += kill is null ? 0 : 1;
            if (kill is null == reason is null)
                unexplained.Add($"{mutant}: {(kill is null ? "survives without a reason" : "is killed, but listed as a survivor")}");
            TestContext.Progress.WriteLine(
                $"| {mutant.Site} | {mutant.Kind} | {(kill is { } k ? $"killed by {k.Program}: {k.Message}" : $"survives: {reason}")} | {stopwatch.Elapsed.TotalSeconds:F1} |");
        }

        TestContext.Progress.WriteLine($"killed {killed} of {Mutants.Get().Count}");
        Assert.That(unexplained, Is.Empty);
    }

    private static (ModelProgram Program, string Message)? FindKill(Weakening mutant)
    {
        foreach (ModelProgram program in Mutants.ProgramsFor(mutant))
        {
            // What is too large to be exhausted for each mutant is sampled.
            SearchMode mode = program.Cost is Cost.Small ? SearchMode.Exhaustive : SearchMode.Random;
            CheckResult result = Checker.Run(program.Body, program.Options with { Weakening = mutant, MaxTime = Patience, Mode = mode });
            if (result.Failure is { } failure)
                return (program, failure.Message.Split('\n')[0]);
        }

        return null;
    }
}
