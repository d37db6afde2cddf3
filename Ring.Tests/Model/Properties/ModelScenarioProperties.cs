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
    private const int SchedulesOfEach = 40;

    private static readonly ScenarioLimits Limits = new([1, 2, 4], Threads: 4, Events: 4, MostEvents: 6);

    private static readonly SearchMode[] Modes = [SearchMode.Random, SearchMode.Priorities];

    [Test]
    public void Every_consumer_is_given_every_event_in_any_schedule([ValueSource(nameof(Strategies))] string name)
    {
        StrategyCase strategy = StrategyCase.All.Single(strategy => strategy.Name == name);
        Arbitrary<int> seeds = Gen.Choose(1, int.MaxValue).ToArbitrary();
        PropertyChecker.Check(Prop.ForAll(ScenarioGenerator.For(Limits), seeds, (scenario, seed) => Check(scenario, strategy, seed)), cases: 25);
    }

    private static IEnumerable<string> Strategies => StrategyCase.All.Select(strategy => strategy.Name);

    private static void Check(Scenario scenario, StrategyCase strategy, int seed)
    {
        foreach (SearchMode mode in ModesFor(scenario, strategy))
        {
            CheckOptions options = OptionsFor(scenario, strategy) with { Mode = mode, Seed = seed, MaxExecutions = SchedulesOfEach };
            CheckResult result = Checker.Run(() => ModelScenario.Run(scenario, strategy.Create()), options);
            Require.That(result.Failure is null, $"it holds by {mode}\n{result.Failure}");
        }
    }

    /// <summary>
    /// Where nobody gates, a producer may have to wait until another one has published. Nobody tells it, so it sleeps for a short
    /// time, again and again.
    /// </summary>
    private static bool MaySleepShortly(Scenario scenario) => scenario is { Stages.Length: 0, Producers.Length: > 1 };

    /// <summary>A short sleep must end.</summary>
    private static CheckOptions OptionsFor(Scenario scenario, StrategyCase strategy) =>
        MaySleepShortly(scenario) && strategy.Options.Timeouts is TimeoutRule.Never
            ? strategy.Options with { Timeouts = TimeoutRule.LastResort }
            : strategy.Options;

    /// <summary>Priorities may let one timed wait end for ever, and never the short sleep beside it.</summary>
    private static SearchMode[] ModesFor(Scenario scenario, StrategyCase strategy) =>
        MaySleepShortly(scenario) && strategy.Options.Timeouts is not TimeoutRule.LastResort ? [SearchMode.Random] : Modes;
}
