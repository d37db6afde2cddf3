using System.Globalization;
using Ring.Benchmarks.Compare.Latency;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>The charts of a comparison, each a file.</summary>
internal static class Charts
{
    public static string FileOf(string id) => id + ".svg";

    public static void Write(Comparison comparison, string folder)
    {
        foreach (CaseResult result in comparison.Peers)
            Save(folder, result.Case.Id, BarsOf(result));
        foreach (LatencyResult result in comparison.Latencies)
            Save(folder, result.Case.Id, CurvesOf(result));
        foreach (ScaleResult result in comparison.Scales)
            Save(folder, result.Case.Id, LinesOf(result));
    }

    private static void Save(string folder, string id, string svg) => File.WriteAllText(Path.Combine(folder, FileOf(id)), svg);

    private static string BarsOf(CaseResult result) => new BarChart(
        result.Case.Title,
        "million events a second: median, and quartiles as a line",
        [.. result.Names.Select((name, i) => (name, InMillions(result.Rate(i))))]).ToSvg();

    private static string CurvesOf(LatencyResult result) => new LineChart(
        result.Case.Title,
        "nanoseconds, all rounds together",
        [.. LatencyResult.Shares.Select(static share => string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0.##}"))],
        [.. result.Names.Select((name, i) => (name, Curve(result.Total(i))))]).ToSvg();

    /// <summary>As far as there are enough events to say.</summary>
    private static Spread[] Curve(Histogram times) => [.. LatencyResult.Shares.TakeWhile(times.IsCertain).Select(share => Spread.Of([times.Percentile(share)]))];

    private static string LinesOf(ScaleResult scale) => new LineChart(
        scale.Case.Title,
        $"million events a second, by {scale.Case.Axis}: median, and quartiles as a thin line",
        [.. scale.Case.Points.Select(static point => point.ToString("N0", CultureInfo.InvariantCulture))],
        [.. scale.Case.Lines.Select((line, i) => (line.Name, scale.Results.Select(result => InMillions(result.Rate(i))).ToArray()))]).ToSvg();

    private static Spread InMillions(Spread rate) => new(rate.Low / 1e6, rate.Median / 1e6, rate.High / 1e6);
}
