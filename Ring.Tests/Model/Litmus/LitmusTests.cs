using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Litmus;

/// <summary>The checker itself: small programs with known outcomes, all of which it must find, and no other.</summary>
internal sealed class LitmusTests
{
    private const int UnreducedExecutions = 5_000;

    private static IEnumerable<LitmusCase> Cases =>
    [
        .. TwoThreadLitmus.Cases, .. ExchangeLitmus.Cases, .. ThreeThreadLitmus.Cases, .. LockLitmus.Cases, .. ParkingLitmus.Cases,
        .. PrivateLitmus.Cases, .. SpinLitmus.Cases,
    ];

    [Test]
    public void Has_exactly_the_outcomes_that_the_model_allows([ValueSource(nameof(Cases))] LitmusCase litmus)
    {
        CheckResult result = Checker.Run(litmus.Program, litmus.Options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(result.IsComplete, Is.True);
            Assert.That(string.Join(' ', result.Outcomes), Is.EqualTo(litmus.Outcomes));
        }
    }

    [Test]
    public void Reductions_lose_no_outcome(
        [ValueSource(nameof(Cases))] LitmusCase litmus,
        [Values] bool usesSleepSets,
        [Values] bool passesPrivateAccesses)
    {
        CheckOptions options = litmus.Options with
        {
            UsesStateCache = false,
            UsesSleepSets = usesSleepSets,
            PassesPrivateAccesses = passesPrivateAccesses,
            MaxExecutions = UnreducedExecutions,
        };
        CheckResult result = Checker.Run(litmus.Program, options);
        string[] expected = litmus.Outcomes.Split(' ');
        // The largest have millions of executions without the cache; what part of them finds must still be right.
        if (result.IsComplete)
            Assert.That(result.Outcomes, Is.EqualTo(expected));
        else
            Assert.That(result.Outcomes, Is.SubsetOf(expected));
    }

    [Test]
    public void Passing_private_accesses_loses_no_outcome([ValueSource(nameof(Cases))] LitmusCase litmus)
    {
        CheckResult result = Checker.Run(litmus.Program, litmus.Options with { PassesPrivateAccesses = false });
        Assert.That(result.IsComplete, Is.True);
        Assert.That(string.Join(' ', result.Outcomes), Is.EqualTo(litmus.Outcomes));
    }

    [Test]
    public void Sleep_sets_lose_no_state([ValueSource(nameof(Cases))] LitmusCase litmus)
    {
        CheckResult with = Checker.Run(litmus.Program, litmus.Options);
        CheckResult without = Checker.Run(litmus.Program, litmus.Options with { UsesSleepSets = false });
        Assert.That(with.States, Is.EqualTo(without.States));
    }
}
