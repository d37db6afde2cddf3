using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>What real threads get done in a moment.</summary>
internal static class ScenarioSizes
{
    private static readonly int[] Sizes = [1, 2, 4, 64];

    public static ScenarioLimits For(WaitStrategyKind kind) => kind.TakesTurnsSlowly()
        ? new(Sizes, Threads: 4, Events: 10, MostEvents: 200)
        : new(Sizes, Threads: 7, Events: 100, MostEvents: 1_000);
}
