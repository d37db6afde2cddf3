namespace Ring.Benchmarks.Compare;

/// <summary>How much time a comparison takes for its figures.</summary>
/// <param name="Rounds">How often each contender is run.</param>
/// <param name="RunSeconds">How long one run is to last.</param>
/// <param name="WarmUpSeconds">How long each contender is run before, for the compilers.</param>
internal sealed record Effort(int Rounds, double RunSeconds, double WarmUpSeconds)
{
    /// <summary>Minutes: for the ratios that are far from one.</summary>
    public static Effort Quick { get; } = new(Rounds: 11, RunSeconds: 0.05, WarmUpSeconds: 0.6);

    /// <summary>Half an hour: for the report.</summary>
    public static Effort Full { get; } = new(Rounds: 11, RunSeconds: 0.2, WarmUpSeconds: 1);

    /// <summary>A percentile is the more certain the more events are beyond it, so a run for times is longer.</summary>
    public double LatencyRunSeconds => 6 * RunSeconds;

    public Turns ForRates => new(Rounds, RunSeconds, WarmUpSeconds);

    public Turns ForTimes => new(Rounds, LatencyRunSeconds, WarmUpSeconds);
}
