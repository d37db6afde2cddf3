using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>Every wait strategy, as a parameter of contract suites: a new one is one line here.</summary>
public enum WaitStrategyKind
{
    BusySpin,
    Blocking,
    TimeoutBlocking,
}

internal static class WaitStrategyKindExtensions
{
    public static IWaitStrategy Create(this WaitStrategyKind kind) => kind switch
    {
        WaitStrategyKind.BusySpin => new BusySpinWaitStrategy(),
        WaitStrategyKind.Blocking => new BlockingWaitStrategy(),
        WaitStrategyKind.TimeoutBlocking => new TimeoutBlockingWaitStrategy(Eventually.Deadline),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
