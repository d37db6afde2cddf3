using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>The eight wait strategies, by their names without <c>WaitStrategy</c>.</summary>
internal static class Strategies
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Phase = TimeSpan.FromMilliseconds(1);

    public static (string Name, Func<IWaitStrategy> Make)[] All { get; } =
    [
        ("BusySpin", static () => new BusySpinWaitStrategy()),
        ("Yielding", static () => new YieldingWaitStrategy()),
        ("Blocking", static () => new BlockingWaitStrategy()),
        ("LiteBlocking", static () => new LiteBlockingWaitStrategy()),
        ("TimeoutBlocking", static () => new TimeoutBlockingWaitStrategy(Timeout)),
        ("LiteTimeoutBlocking", static () => new LiteTimeoutBlockingWaitStrategy(Timeout)),
        ("PhasedBackoff", static () => PhasedBackoffWaitStrategy.WithLock(Phase, Phase)),
        ("Sleeping", static () => new SleepingWaitStrategy()),
    ];

    public static Func<IWaitStrategy> Blocking { get; } = static () => new BlockingWaitStrategy();

    public static Func<IWaitStrategy> LiteBlocking { get; } = static () => new LiteBlockingWaitStrategy();

    public static Func<IWaitStrategy> BusySpin { get; } = static () => new BusySpinWaitStrategy();

    public static Func<IWaitStrategy> Yielding { get; } = static () => new YieldingWaitStrategy();
}
