using System.Diagnostics;

namespace Ring.Core;

/// <summary>A moment that will come, on the monotonic clock: the only place in Ring.Core that reads a clock.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
internal readonly struct Deadline
{
    private static readonly double TicksPerCount = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

    private readonly long _timestamp;

    private Deadline(long timestamp) => _timestamp = timestamp;

    /// <summary>A moment that never comes.</summary>
    public static Deadline Never => new(long.MaxValue);

    /// <summary>Whether the moment has come.</summary>
    public bool HasPassed => Remaining <= TimeSpan.Zero;

    /// <summary>
    /// The time until then, rounded up; 0 when it has passed; <see cref="Timeout.Infinite"/> when it never will.
    /// </summary>
    public int RemainingMilliseconds => _timestamp == long.MaxValue
        ? Timeout.Infinite
        : (int)Math.Min(Math.Max(Math.Ceiling(Remaining.TotalMilliseconds), 0), int.MaxValue);

    // Ticks, because TimeSpan.FromSeconds rounds to milliseconds on .NET Framework.
    private TimeSpan Remaining => _timestamp == long.MaxValue
        ? TimeSpan.MaxValue
        : TimeSpan.FromTicks((long)((_timestamp - Stopwatch.GetTimestamp()) * TicksPerCount));

    /// <summary>Throws unless a timeout is infinite, or from 0 to <see cref="int.MaxValue"/> milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Check(TimeSpan timeout, string parameterName)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout < TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue))
            throw new ArgumentOutOfRangeException(parameterName, timeout, $"Must be infinite, or from 0 to {int.MaxValue} ms.");
    }

    /// <summary>The moment that lies <paramref name="time"/> ahead; <see cref="Timeout.InfiniteTimeSpan"/> is never.</summary>
    public static Deadline After(TimeSpan time) => time == Timeout.InfiniteTimeSpan
        ? Never
        : new Deadline(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
}
