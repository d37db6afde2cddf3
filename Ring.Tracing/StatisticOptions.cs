namespace Ring.Tracing;

/// <summary>What the statistic log counts together, and how often it gets its rows.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class StatisticOptions
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>How often the statistic log gets its rows, from 1 second to 1 hour; by default 60 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(60);

    internal void Validate() =>
        OptionCheck.RequireRange(
            Interval >= ShortestInterval && Interval <= LongestInterval,
            nameof(Interval), Interval, $"from {ShortestInterval} to {LongestInterval}");
}
