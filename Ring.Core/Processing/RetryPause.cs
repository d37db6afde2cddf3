namespace Ring.Core;

/// <summary>How long a processor's thread sleeps before it tries again.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
internal readonly struct RetryPause
{
    private readonly int _milliseconds;

    /// <param name="time">From 0 to <see cref="int.MaxValue"/> milliseconds; rounded up to whole ones.</param>
    /// <param name="parameterName">What the caller's caller calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside that range.</exception>
    public RetryPause(TimeSpan time, string parameterName) =>
        _milliseconds = (int)Math.Ceiling(WaitArgument.ZeroOrMore(time, parameterName).TotalMilliseconds);

    /// <summary>Sleeps; not at all when the time is 0.</summary>
    public void Take()
    {
        if (_milliseconds > 0)
            Thread.Sleep(_milliseconds);
    }
}
