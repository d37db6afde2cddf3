namespace Ring.Core;

/// <summary>
/// Spins for a time, then yields for a time, then waits as another strategy does: the latency of spinning while events come
/// close together, and the thrift of the other strategy when they do not.
/// </summary>
/// <remarks>
/// Thread safety: any number of consumers may wait at the same time; each wait begins with the first phase. The clock is read
/// once in ten looks, so a phase ends some looks late.
/// </remarks>
public sealed class PhasedBackoffWaitStrategy : IWaitStrategy
{
    private readonly TimeSpan _spinTimeout;
    private readonly TimeSpan _yieldTimeout;
    private readonly IWaitStrategy _fallback;

    /// <summary>Spins, then yields, then waits as <paramref name="fallback"/> does.</summary>
    /// <param name="spinTimeout">How long to look with a short pause in between: from zero to <see cref="int.MaxValue"/> milliseconds.</param>
    /// <param name="yieldTimeout">
    /// How long to let other threads run between two looks, after that: from zero to <see cref="int.MaxValue"/> milliseconds.
    /// </param>
    /// <param name="fallback">How to wait from then on; a timeout of its own begins then. Of no other ring.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside its range.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="fallback"/> is null.</exception>
    public PhasedBackoffWaitStrategy(TimeSpan spinTimeout, TimeSpan yieldTimeout, IWaitStrategy fallback)
    {
        _spinTimeout = WaitArgument.ZeroOrMore(spinTimeout, nameof(spinTimeout));
        _yieldTimeout = WaitArgument.ZeroOrMore(yieldTimeout, nameof(yieldTimeout));
        _fallback = fallback ?? throw new ArgumentNullException(nameof(fallback));
    }

    /// <inheritdoc/>
    public bool IsBlocking => _fallback.IsBlocking;

    /// <summary>Falls back to <see cref="BlockingWaitStrategy"/>.</summary>
    /// <param name="spinTimeout">How long to spin: from zero to <see cref="int.MaxValue"/> milliseconds.</param>
    /// <param name="yieldTimeout">How long to yield after that: from zero to <see cref="int.MaxValue"/> milliseconds.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside its range.</exception>
    public static PhasedBackoffWaitStrategy WithLock(TimeSpan spinTimeout, TimeSpan yieldTimeout) =>
        new(spinTimeout, yieldTimeout, new BlockingWaitStrategy());

    /// <summary>Falls back to <see cref="LiteBlockingWaitStrategy"/>.</summary>
    /// <inheritdoc cref="WithLock"/>
    public static PhasedBackoffWaitStrategy WithLiteLock(TimeSpan spinTimeout, TimeSpan yieldTimeout) =>
        new(spinTimeout, yieldTimeout, new LiteBlockingWaitStrategy());

    /// <summary>Falls back to <see cref="SleepingWaitStrategy"/>, which sleeps a millisecond between two looks.</summary>
    /// <inheritdoc cref="WithLock"/>
    public static PhasedBackoffWaitStrategy WithSleep(TimeSpan spinTimeout, TimeSpan yieldTimeout) =>
        new(spinTimeout, yieldTimeout, new SleepingWaitStrategy(retries: 0));

    /// <inheritdoc/>
    public WaitResult WaitFor(long sequence, SequenceBarrier barrier) =>
        SpinningWait.TrySpinUntil(Deadline.After(_spinTimeout), sequence, barrier, out WaitResult result)
        || SpinningWait.TryYieldUntil(Deadline.After(_yieldTimeout), sequence, barrier, out result)
            ? result
            : _fallback.WaitFor(sequence, barrier);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _fallback.SignalAllWhenBlocking();
}
