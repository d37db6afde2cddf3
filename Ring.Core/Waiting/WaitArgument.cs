namespace Ring.Core;

/// <summary>What strategies require of the numbers and times that they are given.</summary>
/// <remarks>Thread safety: every thread may call every member.</remarks>
internal static class WaitArgument
{
    /// <summary>A time that is more than zero and at most <see cref="int.MaxValue"/> milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static TimeSpan MoreThanZero(TimeSpan time, string name) =>
        Check(time, time > TimeSpan.Zero, name, "more than zero");

    /// <summary>A time that is zero or more and at most <see cref="int.MaxValue"/> milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static TimeSpan ZeroOrMore(TimeSpan time, string name) =>
        Check(time, time >= TimeSpan.Zero, name, "zero or more");

    /// <summary>A number that is zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static int ZeroOrMore(int number, string name) => number >= 0
        ? number
        : throw new ArgumentOutOfRangeException(name, number, "Must be 0 or more.");

    private static TimeSpan Check(TimeSpan time, bool isLongEnough, string name, string least) =>
        isLongEnough && time.TotalMilliseconds <= int.MaxValue
            ? time
            : throw new ArgumentOutOfRangeException(name, time, $"Must be {least} and at most {int.MaxValue} ms.");
}
