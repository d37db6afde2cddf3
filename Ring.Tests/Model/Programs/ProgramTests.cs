using System.Globalization;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Ring.Core under every schedule and every stale read.</summary>
internal sealed class ProgramTests
{
    /// <summary>For a program that does not come to its end, depth first.</summary>
    private static readonly TimeSpan ALook = TimeSpan.FromSeconds(4);

    /// <summary>For the same by lot, and again with priorities.</summary>
    private static readonly TimeSpan ASample = TimeSpan.FromSeconds(1.5);

#if WOVEN
    private static IEnumerable<ModelProgram> Small => AllPrograms.Get().Where(program => program.Cost is Cost.Small);
#else
    /// <summary>Every fourth: all of them run on what is shipped, and both routes are compared.</summary>
    private static IEnumerable<ModelProgram> Small =>
        AllPrograms.Get().Where(program => program.Cost is Cost.Small).Where((_, i) => i % 4 == 0);
#endif

    private static IEnumerable<ModelProgram> All => AllPrograms.Get();

    private static IEnumerable<ModelProgram> Endless => All.Where(program => program.Cost is Cost.Endless);

    [Test]
    public void Small_program_holds_in_every_schedule([ValueSource(nameof(Small))] ModelProgram program)
    {
        CheckResult result = Checker.Run(program.Body, program.Options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(result.IsComplete, Is.True);
        }
    }

    /// <summary>The table of docs/model-programs.md, a row each.</summary>
    [Test, Explicit("Takes long"), Category("Model")]
    public void Program_holds([ValueSource(nameof(All))] ModelProgram program)
    {
        Share.Require(program.Name);
        CheckOptions options = program.Cost is Cost.Endless ? program.Options with { MaxTime = ALook } : program.Options;
        CheckResult result = Checker.Run(program.Body, options);
        Show(program, options, result);
        Assert.That(result.Failure, Is.Null);
        if (program.Cost is not Cost.Endless)
            Assert.That(result.IsComplete, Is.True);
    }

    [Test, Explicit("Takes long"), Category("Model")]
    public void Endless_program_holds_in_random_schedules(
        [ValueSource(nameof(Endless))] ModelProgram program,
        [Values(SearchMode.Random, SearchMode.Priorities)] SearchMode mode)
    {
        Share.Require($"{program.Name} {mode}");
        // Others each time; what fails says how to repeat it.
        CheckOptions options = program.Options with { Mode = mode, MaxTime = ASample, Seed = Random.Shared.Next() };
        CheckResult result = Checker.Run(program.Body, options);
        Show(program, options, result);
        Assert.That(result.Failure, Is.Null);
    }

    private static void Show(ModelProgram program, CheckOptions options, CheckResult result) => Report.Row(
        "programs",
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {program.Name} | {options.Mode} | {result.Executions} | {result.States} | {(result.IsComplete ? "yes" : "no")} | {result.Time.TotalSeconds:F1} |"));
}
