using FsCheck.Fluent;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A shutdown loses nothing, whoever publishes meanwhile.</summary>
[TestFixture]
public class ShutdownProperties
{
    [Test]
    public void What_was_claimed_before_a_shutdown_is_handled_by_all([Values] WaitStrategyKind kind, [Values] bool whileProducersRun) =>
        PropertyChecker.Check(
            Prop.ForAll(
                ScenarioGenerator.For(ScenarioSizes.For(kind)),
                scenario => ShutdownScenario.Run(scenario, kind.Create(), whileProducersRun)),
            cases: kind.TakesTurnsSlowly() ? 4 : 6);
}
