using FsCheck;
using FsCheck.Fluent;
using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Model.Properties;

/// <summary>Any producers and any graph of consumers, small, with weak memory: some schedules and stale reads of each, by lot.</summary>
internal sealed class ModelScenarioProperties
{
    private static readonly ScenarioLimits Limits = new([1, 2, 4], Threads: 4, Events: 4, MostEvents: 6);

    private static readonly SearchMode[] Modes = [SearchMode.Random, SearchMode.Priorities];

    [Test]
    public void Every_consumer_is_given_every_event_in_any_schedule([ValueSource(nameof(Strategies))] string strategy) =>
        Check(strategy, cases: 25, executions: 40);

    [Test, Explicit("Takes long"), Category("Model")]
    public void Every_consumer_is_given_every_event_in_very_many_schedules([ValueSource(nameof(Strategies))] string strategy) =>
        Check(strategy, cases: 200, executions: 1_000);

    private static IEnumerable<string> Strategies => StrategyCase.All.Select(strategy => strategy.Name);

    private static void Check(string name, int cases, int executions)
    {
        StrategyCase strategy = StrategyCase.All.Single(strategy => strategy.Name == name);
        Arbitrary<int> seeds = Gen.Choose(1, int.MaxValue).ToArbitrary();
        PropertyChecker.Check(
            Prop.ForAll(ScenarioGenerator.For(Limits), seeds, (scenario, seed) => Check(scenario, strategy, seed, executions)),
            cases);
    }

    private static void Check(Scenario scenario, StrategyCase strategy, int seed, int executions)
    {
        foreach (SearchMode mode in Modes)
        {
            CheckOptions options = OptionsFor(scenario, strategy) with { Mode = mode, Seed = seed, MaxExecutions = executions };
            CheckResult result = Checker.Run(() => ModelScenario.Run(scenario, strategy.Create()), options);
            Require.That(result.Failure is null, $"it holds by {mode}\n{result.Failure}");
        }
    }

    /// <summary>
    /// A producer that waits for another one's publication sleeps for a short time, since nobody tells it: that time must end.
    /// </summary>
    private static CheckOptions OptionsFor(Scenario scenario, StrategyCase strategy) =>
        scenario is { Stages.Length: 0, Producers.Length: > 1 } && strategy.Options.Timeouts is TimeoutRule.Never
            ? strategy.Options with { Timeouts = TimeoutRule.LastResort }
            : strategy.Options;
}
