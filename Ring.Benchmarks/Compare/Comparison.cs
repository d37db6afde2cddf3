using Ring.Benchmarks.Compare.Latency;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare;

/// <summary>Everything that was measured in one go.</summary>
internal sealed class Comparison
{
    public List<CaseResult> Peers { get; } = [];

    public List<LatencyResult> Latencies { get; } = [];

    public List<CaseResult> Topologies { get; } = [];

    public List<ScaleResult> Scales { get; } = [];

    /// <summary>All that is not about the time that an event takes.</summary>
    public IEnumerable<CaseResult> Rates() => Peers.Concat(Topologies).Concat(Scales.SelectMany(static scale => scale.Results));

    /// <summary>What an aim came to; null if one of the two is not there.</summary>
    public Spread? RatioOf(Aim aim)
    {
        if (aim.Share is { } share)
        {
            return Latencies.Find(result => result.Case.Id == aim.CaseId) is { } latency
                && (latency.IndexOf(aim.Ours), latency.IndexOf(aim.Theirs)) is var (mine, its) && its >= 0
                ? latency.Ratio(mine, its, share)
                : null;
        }

        return Peers.Find(result => result.Case.Id == aim.CaseId) is { } rates
            && (rates.IndexOf(aim.Ours), rates.IndexOf(aim.Theirs)) is var (ours, theirs) && theirs >= 0
            ? rates.Ratio(ours, theirs)
            : null;
    }

    /// <summary>The rows of Ring that allocated in every round, though it is to allocate nothing.</summary>
    public IEnumerable<string> RowsThatAllocate() =>
        from result in Rates()
        from contender in Enumerable.Range(0, result.Names.Count)
        where result.Case.IsOfRingAlone || Names.IsOfRing(result.Names[contender])
        where result.Allocates(contender)
        select $"{result.Case.Id}: {result.Names[contender]}";
}
