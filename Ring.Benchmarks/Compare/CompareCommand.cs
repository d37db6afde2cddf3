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
    private readonly Comparison _comparison = new();

    /// <exception cref="ArgumentException">The options want a case that there is not.</exception>
    public void Run()
    {
        using Lmax? lmax = Lmax.TryFind(Console.Error);
        Plan plan = MakePlan(lmax);
        if (options.Output is { } folder)
            Directory.CreateDirectory(folder);
        if (options.IsPinned)
            Crew.Pin();

        // The machine as it is before all this.
        Report report = new(_comparison, options, lmax?.Version);
        try
        {
            plan.Run();
        }
        finally
        {
            // After a failure, with what there is by then.
            report.Write(output, charts: false);
            if (options.Output is not null)
                report.WriteTo(options.Output);
        }
    }

    /// <summary>What is to be run, in its order.</summary>
    private Plan MakePlan(Lmax? lmax)
    {
        Plan plan = new(options);
        PeerContenders peers = new(lmax);
        plan.Add(new PeerCases(peers).All(), static work => work.Id, work => _comparison.Peers.Add(_runner.Run(work)));
        plan.Add(new LatencyCases(lmax).All(), static work => work.Id, work => _comparison.Latencies.Add(_latencyRunner.Run(work)));
        // Too many rows for minutes, unless they are asked for.
        if (!options.IsQuick || options.Only.Length > 0)
        {
            plan.Add(new PeerTopologies(peers).All(), static work => work.Id, work => _comparison.Peers.Add(_runner.Run(work)));
            plan.Add(TopologyCases.All(), static work => work.Id, work => _comparison.Topologies.Add(_runner.Run(work)));
            plan.Add(ScaleCases.All(), static scale => scale.Id, scale => _comparison.Scales.Add(Run(scale)));
        }

        plan.Check();
        return plan;
    }

    private ScaleResult Run(ScaleCase scale) => new(scale, [.. scale.Points.Select(point => _runner.Run(scale.At(point)))]);
}
