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

    /// <summary>For one program, round by round: what a mutant breaks mostly shows early, but in one program or another.</summary>
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    /// <summary>For all programs together, once there is a reason why none will find anything.</summary>
    private static readonly TimeSpan PatienceWithSurvivor = TimeSpan.FromSeconds(12);

    /// <summary>Those whose text contains one of the words of <c>RING_MODEL_MUTANT</c>; all without it.</summary>
    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("RING_MODEL_MUTANT") ?? "").Split(' ');

    private static IEnumerable<Weakening> All =>
        Mutants.Get().Where(mutant => Array.Exists(Wanted, word => $"{mutant}".Contains(word, StringComparison.Ordinal)));

    [Test, Explicit("Takes long"), Category("Model")]
    public void Every_mutant_is_killed_or_explained()
    {
        List<string> unexplained = [];
        foreach (Weakening mutant in All.Where(mutant => Share.Takes($"{mutant}")))
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
        List<ModelProgram> programs = [.. Mutants.ProgramsFor(mutant)];
        foreach (TimeSpan round in Patience)
        {
            foreach (ModelProgram program in programs.ToArray().TakeWhile(_ => stopwatch.Elapsed < patience))
            {
                CheckResult result = Run(mutant, program, round);
                if (result.Failure is { } failure)
                    return (program, failure.Message.Split('\n')[0]);
                if (result.IsComplete)
                    programs.Remove(program);
            }
        }

        return null;
    }

    /// <summary>What is too large to be exhausted for each mutant is sampled.</summary>
    private static CheckResult Run(Weakening mutant, ModelProgram program, TimeSpan patience) => Checker.Run(program.Body, program.Options with
    {
        Weakening = mutant,
        MaxTime = patience,
        Mode = program.Cost is Cost.Small ? SearchMode.Exhaustive : SearchMode.Random,
    });
}
