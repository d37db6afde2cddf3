using FsCheck.Fluent;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>Any producers, any graph of consumers, and visitors, on real threads.</summary>
[TestFixture]
public class ScenarioProperties
{
    /// <summary>A replay repeats the scenario, but not what the threads make of it.</summary>
    private const int Replays = 50;

    [Test]
    public void Every_consumer_is_given_every_event_once_in_order_and_complete([Values] WaitStrategyKind kind) =>
        PropertyChecker.Check(
            Prop.ForAll(ScenarioGenerator.For(ScenarioSizes.For(kind)), scenario => Run(scenario, kind)),
            cases: kind.TakesTurnsSlowly() ? 8 : 20);

    private static void Run(Scenario scenario, WaitStrategyKind kind)
    {
        for (int i = PropertyChecker.IsReplay ? Replays : 1; i > 0; i--)
            ThreadedScenario.Run(scenario, kind.Create());
    }
}
