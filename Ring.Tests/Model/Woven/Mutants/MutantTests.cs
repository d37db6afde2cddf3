using System.Diagnostics;
using System.Globalization;
using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>Whether the programs would notice: each ordered access of Ring.Core is weakened, one at a time.</summary>
internal sealed class MutantTests
{
    /// <summary>What the table says of a mutant that was not killed.</summary>
    public const string Survives = "survives";

    /// <summary>For one program; what a mutant breaks shows early.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>For all programs together, once there is a reason why none will find anything.</summary>
    private static readonly TimeSpan PatienceWithSurvivor = TimeSpan.FromSeconds(25);

    private static IEnumerable<Weakening> All => Share.Of(Mutants.Get());

    [Test, Explicit("Takes long"), Category("Model")]
    public void Every_mutant_is_killed_or_explained()
    {
        List<string> unexplained = [];
        foreach (Weakening mutant in All)
        {
            Stopwatch stopwatch = Stopwatch.StartNew();
            string? reason = Survivors.ReasonFor(mutant);
            (ModelProgram Program, string Message)? kill = FindKill(mutant, reason is null ? TimeSpan.MaxValue : PatienceWithSurvivor);
            if (kill is null == reason is null)
                unexplained.Add($"{mutant}: {(kill is null ? "survives without a reason" : "is killed, but listed as a survivor")}");
            string verdict = kill is { } k ? $"killed by *{k.Program}*: {k.Message}" : Survives;
            Report.Row("mutants", string.Create(
                CultureInfo.InvariantCulture,
                $"| `{mutant.Site}` | {mutant.Kind} | {verdict} | {stopwatch.Elapsed.TotalSeconds:F1} |"));
        }

        Assert.That(unexplained, Is.Empty);
    }

    [Test, Explicit("Takes long"), Category("Model")]
    public void Every_survivor_is_a_mutant() => Assert.That(Survivors.All, Is.SubsetOf(Mutants.Get()));

    private static (ModelProgram Program, string Message)? FindKill(Weakening mutant, TimeSpan patience)
    {
        Stopwatch stopwatch = Stopwatch.StartNew();
        foreach (ModelProgram program in Mutants.ProgramsFor(mutant).TakeWhile(_ => stopwatch.Elapsed < patience))
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
