using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Ring.Core under every schedule and every stale read.</summary>
internal sealed class ProgramTests
{
    private static IEnumerable<ModelProgram> Small => AllPrograms.Get().Where(program => program.Cost is Cost.Small);

    private static IEnumerable<ModelProgram> All => AllPrograms.Get();

    private static IEnumerable<ModelProgram> Endless => AllPrograms.Get().Where(program => program.Cost is Cost.Endless);

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

    /// <summary>The table of docs/correctness.md, a line each.</summary>
    [Test, Explicit("Takes long"), Category("Model")]
    public void Program_holds([ValueSource(nameof(All))] ModelProgram program)
    {
        CheckResult result = Checker.Run(program.Body, program.Options with { MaxTime = TimeSpan.FromMinutes(5) });
        Report(program, result);
        Assert.That(result.Failure, Is.Null);
        if (program.Cost is not Cost.Endless)
            Assert.That(result.IsComplete, Is.True);
    }

    [Test, Explicit("Takes long"), Category("Model")]
    public void Endless_program_holds_in_random_schedules(
        [ValueSource(nameof(Endless))] ModelProgram program,
        [Values(SearchMode.Random, SearchMode.Priorities)] SearchMode mode)
    {
        CheckResult result = Checker.Run(program.Body, program.Options with { Mode = mode, MaxTime = TimeSpan.FromSeconds(30) });
        Report(program, result);
        Assert.That(result.Failure, Is.Null);
    }

    private static void Report(ModelProgram program, CheckResult result) => TestContext.Progress.WriteLine(
        $"| {program.Name} | {result.Executions} | {result.States} | {(result.IsComplete ? "yes" : "no")} | {result.Time.TotalSeconds:F1} |");
}
