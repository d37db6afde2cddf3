using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>The checker's reductions over Ring.Core, whose programs are larger than litmus.</summary>
internal sealed class ReductionTests
{
    private static IEnumerable<ModelProgram> Small => AllPrograms.Get().Where(program => program.Cost is Cost.Small);

    /// <summary>Without the other reduction, since what that takes for shared depends on the order of the exploration.</summary>
    [Test, Explicit("Takes long"), Category("Reductions")]
    public void Sleep_sets_lose_no_state_of_a_program([ValueSource(nameof(Small))] ModelProgram program)
    {
        CheckOptions options = program.Options with { PassesPrivateAccesses = false };
        CheckResult with = Checker.Run(program.Body, options);
        CheckResult without = Checker.Run(program.Body, options with { UsesSleepSets = false });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(with.Failure, Is.Null);
            Assert.That((with.IsComplete, without.IsComplete), Is.EqualTo((true, true)));
            Assert.That(with.States, Is.EqualTo(without.States));
        }
    }

    [Test, Explicit("Takes long"), Category("Reductions")]
    public void Passing_private_accesses_hides_no_failure_of_a_program([ValueSource(nameof(Small))] ModelProgram program)
    {
        CheckResult result = Checker.Run(program.Body, program.Options with { PassesPrivateAccesses = false });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(result.IsComplete, Is.True);
        }
    }
}
