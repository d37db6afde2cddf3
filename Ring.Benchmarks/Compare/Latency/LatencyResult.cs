using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>What the rounds of a latency case came to.</summary>
internal sealed class LatencyResult(LatencyCase work, string[] names)
{
    /// <summary>What the tables and curves show.</summary>
    public static readonly double[] Shares = [0.5, 0.9, 0.99, 0.999, 0.9999];

    private readonly List<Histogram>[] _rounds = [.. names.Select(_ => new List<Histogram>())];

    public LatencyCase Case => work;

    public IReadOnlyList<string> Names => names;

    public void Add(int contender, Histogram round) => _rounds[contender].Add(round);

    public IReadOnlyList<Histogram> Rounds(int contender) => _rounds[contender];

    public Spread Percentile(int contender, double share) => Spread.Of(_rounds[contender].Select(round => round.Percentile(share)));

    /// <summary>The same; null where too few events of a round are beyond it to say.</summary>
    public Spread? CertainPercentile(int contender, double share) =>
        _rounds[contender].TrueForAll(round => round.IsCertain(share)) ? Percentile(contender, share) : null;

    /// <summary>How many times as fast as another, round by round: its time divided by ours.</summary>
    public Spread Ratio(int contender, int other, double share) => Spread.Of(
        _rounds[contender].Zip(_rounds[other], (mine, its) => its.Percentile(share) / Math.Max(1, mine.Percentile(share))));

    /// <summary>All rounds together.</summary>
    public Histogram Total(int contender)
    {
        Histogram total = new();
        _rounds[contender].ForEach(total.Add);
        return total;
    }

    public int IndexOf(string name) => Array.IndexOf(names, name);
}
