using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>Every wait strategy, as a parameter of contract suites: a new one is one line here.</summary>
public enum WaitStrategyKind
{
    BusySpin,
    Blocking,
    TimeoutBlocking,
    Yielding,
    Sleeping,
    LiteBlocking,
    LiteTimeoutBlocking,
    PhasedBackoff,
}

internal static class WaitStrategyKindExtensions
{
    /// <summary>Long enough to be a phase, short enough that every other wait gets to the fallback.</summary>
    private static readonly TimeSpan Phase = TimeSpan.FromTicks(100);

    /// <summary>A wait that may time out does so after <paramref name="timeout"/>: when null, never.</summary>
    public static IWaitStrategy Create(this WaitStrategyKind kind, TimeSpan? timeout = null) => kind switch
    {
        WaitStrategyKind.BusySpin => new BusySpinWaitStrategy(),
        WaitStrategyKind.Blocking => new BlockingWaitStrategy(),
        WaitStrategyKind.TimeoutBlocking => new TimeoutBlockingWaitStrategy(timeout ?? Eventually.Deadline),
        WaitStrategyKind.Yielding => new YieldingWaitStrategy(),
        WaitStrategyKind.Sleeping => new SleepingWaitStrategy(),
        WaitStrategyKind.LiteBlocking => new LiteBlockingWaitStrategy(),
        WaitStrategyKind.LiteTimeoutBlocking => new LiteTimeoutBlockingWaitStrategy(timeout ?? Eventually.Deadline),
        WaitStrategyKind.PhasedBackoff => PhasedBackoffWaitStrategy.WithLock(Phase, Phase),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>
    /// Whether many threads around a small ring get on slowly: more spinning threads than processors take turns by time slice,
    /// sleeping ones by sleeps, and a small ring takes a turn for every few events.
    /// </summary>
    public static bool TakesTurnsSlowly(this WaitStrategyKind kind) => kind is WaitStrategyKind.BusySpin or WaitStrategyKind.Sleeping;
}
