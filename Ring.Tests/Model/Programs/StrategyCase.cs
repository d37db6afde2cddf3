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

    /// <summary>One wait may end by itself at any moment.</summary>
    private static readonly CheckOptions OneTimeout = new() { Timeouts = TimeoutRule.Early, EarlyTimeouts = 1 };

    public static StrategyCase BusySpin { get; } = new("busy", () => new BusySpinWaitStrategy(), Endless);

    public static StrategyCase Blocking { get; } = new("blocking", () => new BlockingWaitStrategy(), Endless);

    public static StrategyCase TimeoutBlocking { get; } = new("timeout", CreateTimeoutBlocking, NoTimeouts);

    public static StrategyCase TimeoutBlockingThatTimesOut { get; } = new("timeout, which it does", CreateTimeoutBlocking, OneTimeout, Cost.Large);

    public static IReadOnlyList<StrategyCase> All => [BusySpin, Blocking, TimeoutBlocking, TimeoutBlockingThatTimesOut];

    private static TimeoutBlockingWaitStrategy CreateTimeoutBlocking() => new(TimeSpan.FromMilliseconds(1));
}
