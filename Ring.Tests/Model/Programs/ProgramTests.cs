using System.Globalization;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Ring.Core under every schedule and every stale read.</summary>
internal sealed class ProgramTests
{
    private const string Replay = "RING_MODEL_REPLAY";

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
            Require(program, result);
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
        Require(program, result);
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
        Require(program, result);
    }

    /// <summary>One execution again, as a failure has said it: the program, and the decisions.</summary>
    [Test, Explicit("Needs RING_MODEL_REPLAY"), Category("Replay")]
    public void Execution_holds()
    {
        string[] replay = (Environment.GetEnvironmentVariable(Replay) ?? "").Split("; ");
        Assert.That(replay, Has.Length.EqualTo(2), $"{Replay} must be a program's name, a semicolon and a space, and decisions.");
        ModelProgram program = AllPrograms.Get().FirstOrDefault(program => program.Name == replay[0])
            ?? throw new InvalidOperationException($"There is no program {replay[0]}.");
        Require(program, Checker.Run(program.Body, program.Options with { Replay = replay[1] }));
    }

    /// <summary>That it did not fail; else with how to see it again.</summary>
    private static void Require(ModelProgram program, CheckResult result) =>
        Assert.That(result.Failure, Is.Null, $"{Replay}='{program.Name}; {result.Failure?.Replay}'");

    private static void Show(ModelProgram program, CheckOptions options, CheckResult result) => Report.Row(
        "programs",
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {program.Name} | {options.Mode} | {result.Executions} | {result.States} | {(result.IsComplete ? "yes" : "no")} | {result.Time.TotalSeconds:F1} |"));
}
