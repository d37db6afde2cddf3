using Ring.Benchmarks.Compare.Java;
using Ring.Benchmarks.Compare.Latency;
using Ring.Benchmarks.Compare.Reports;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// Ring beside every queue that one would pick: <c>dotnet run -c Release --project Ring.Benchmarks -- compare [--quick]</c>. Prints
/// the tables; with <c>--output</c> also writes them, the charts and the raw figures into a folder.
/// </summary>
internal sealed class CompareCommand(CompareOptions options, TextWriter output)
{
    private readonly CaseRunner _runner = new(options.Effort, Console.Error);
    private readonly LatencyRunner _latencyRunner = new(options.Effort, Console.Error);

    public void Run()
    {
        if (options.IsPinned)
            Crew.Pin();

        using LmaxProcess? lmax = LmaxProcess.TryStart(Console.Error);
        Comparison comparison = Measure(lmax);
        Report report = new(comparison, options, lmax?.Version);
        report.Write(output, charts: false);
        if (options.Output is { } folder)
            report.WriteTo(folder);
    }

    private Comparison Measure(LmaxProcess? lmax)
    {
        Comparison comparison = new();
        comparison.Peers.AddRange(Wanted(new PeerCases(lmax).All()).Select(_runner.Run));
        comparison.Latencies.AddRange(
            new LatencyCases(lmax).All().Where(work => options.Wants(work.Id)).Select(_latencyRunner.Run));
        // Hundreds of rows: too many for minutes, unless they are asked for.
        if (!options.IsQuick || options.Only.Length > 0)
        {
            comparison.Topologies.AddRange(Wanted(TopologyCases.All()).Select(_runner.Run));
            comparison.Scales.AddRange(ScaleCases.All().Where(scale => options.Wants(scale.Id)).Select(Run));
        }

        return comparison;
    }

    private IEnumerable<Case> Wanted(IEnumerable<Case> cases) => cases.Where(work => options.Wants(work.Id));

    private ScaleResult Run(ScaleCase scale) => new(scale, [.. scale.Points.Select(point => _runner.Run(scale.At(point)))]);
}
