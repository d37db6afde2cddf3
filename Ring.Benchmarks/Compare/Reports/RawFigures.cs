using System.Globalization;
using Ring.Benchmarks.Compare.Latency;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>Every round of every contender, for whoever wants to calculate otherwise.</summary>
internal static class RawFigures
{
    public static void Write(Comparison comparison, string folder)
    {
        File.WriteAllLines(
            Path.Combine(folder, "throughput.csv"),
            comparison.Rates().SelectMany(Lines).Prepend("case,contender,round,operations,seconds,allocated_bytes"));
        File.WriteAllLines(
            Path.Combine(folder, "latency.csv"),
            comparison.Latencies.SelectMany(Lines).Prepend("case,contender,round,events,percentile,nanoseconds"));
    }

    private static IEnumerable<string> Lines(CaseResult result) =>
        from contender in Enumerable.Range(0, result.Names.Count)
        from sample in result.Samples(contender).Index()
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Case.Id},\"{result.Names[contender]}\",{sample.Index + 1},{sample.Item.Operations},{sample.Item.Seconds:R},{sample.Item.AllocatedBytes}");

    private static IEnumerable<string> Lines(LatencyResult result) =>
        from contender in Enumerable.Range(0, result.Names.Count)
        from round in result.Rounds(contender).Index()
        from share in LatencyResult.Shares
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Case.Id},\"{result.Names[contender]}\",{round.Index + 1},{round.Item.Count},{share * 100},{round.Item.Percentile(share)}");
}
