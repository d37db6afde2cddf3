using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A wait strategy, and how programs with it are checked. A new strategy needs a line here.</summary>
internal sealed record StrategyCase(string Name, Func<IWaitStrategy> Create, CheckOptions Options, Cost Cost = Cost.Small)
{
    /// <summary>Waits are endless, but for a producer's short sleep until another one has published, which tells nobody.</summary>
    private static readonly CheckOptions Endless = new();

    /// <summary>No wait ends by itself, so that no lost wake-up is hidden.</summary>
    private static readonly CheckOptions NoTimeouts = new() { Timeouts = TimeoutRule.Never };

    /// <summary>The look before the first sleep is a phase: it ends although nothing is new.</summary>
    private static readonly CheckOptions LooksOnce = new() { FruitlessSpins = 1 };

    /// <summary>One wait may end by itself at any moment.</summary>
    private static readonly CheckOptions OneTimeout = new() { Timeouts = TimeoutRule.Early, EarlyTimeouts = 1 };

    public static StrategyCase BusySpin { get; } = new("busy", () => new BusySpinWaitStrategy(), Endless);

    public static StrategyCase Blocking { get; } = new("blocking", () => new BlockingWaitStrategy(), Endless);

    public static StrategyCase TimeoutBlocking { get; } = new("timeout", CreateTimeoutBlocking, NoTimeouts);

    public static StrategyCase TimeoutBlockingThatTimesOut { get; } = new("timeout, which it does", CreateTimeoutBlocking, OneTimeout, Cost.Large);

    public static StrategyCase Yielding { get; } = new("yielding", () => new YieldingWaitStrategy(spinTries: 1), Endless);

    public static StrategyCase Sleeping { get; } = new("sleeping", () => new SleepingWaitStrategy(retries: 1), Endless);

    public static StrategyCase LiteBlocking { get; } = new("lite", () => new LiteBlockingWaitStrategy(spinTries: 1), LooksOnce);

    public static StrategyCase LiteTimeoutBlocking { get; } =
        new("lite timeout", CreateLiteTimeoutBlocking, NoTimeouts with { FruitlessSpins = LooksOnce.FruitlessSpins });

    public static StrategyCase PhasedBackoff { get; } =
        new("phased", () => PhasedBackoffWaitStrategy.WithLock(TimeSpan.Zero, TimeSpan.Zero), Endless);

    /// <summary>Those that wait each in a way of its own, for programs in which others wait, too.</summary>
    public static IReadOnlyList<StrategyCase> Distinct => [BusySpin, Blocking, TimeoutBlocking, TimeoutBlockingThatTimesOut];

    /// <summary>The rest do what one of those does, after some looks.</summary>
    public static IReadOnlyList<StrategyCase> All =>
        [.. Distinct, Yielding, Sleeping, LiteBlocking, LiteTimeoutBlocking, PhasedBackoff];

    /// <summary>Whether this is one of <see cref="Distinct"/>.</summary>
    public bool IsDistinct => Distinct.Contains(this);

    private static TimeoutBlockingWaitStrategy CreateTimeoutBlocking() => new(TimeSpan.FromMilliseconds(1));

    private static LiteTimeoutBlockingWaitStrategy CreateLiteTimeoutBlocking() => new(TimeSpan.FromMilliseconds(1), spinTries: 1);
}
