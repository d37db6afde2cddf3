namespace Ring.Core;

/// <summary>How long a processor's thread sleeps before it tries again.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
internal readonly struct Pause
{
    private readonly int _milliseconds;

    /// <param name="time">From 0 to <see cref="int.MaxValue"/> milliseconds; rounded up to whole ones.</param>
    /// <param name="parameterName">What the caller's caller calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside that range.</exception>
    public Pause(TimeSpan time, string parameterName)
    {
        if (time < TimeSpan.Zero || time.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(parameterName, time, $"Must be from 0 to {int.MaxValue} ms.");
        _milliseconds = (int)Math.Ceiling(time.TotalMilliseconds);
    }

    /// <summary>Sleeps; not at all when the time is 0.</summary>
    public void Take()
    {
        if (_milliseconds > 0)
            Thread.Sleep(_milliseconds);
    }
}
