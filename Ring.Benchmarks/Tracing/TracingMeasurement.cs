using System.Diagnostics;
using System.Globalization;
using Ring.Benchmarks.Reporting;
using Ring.Tracing;

namespace Ring.Benchmarks.Tracing;

/// <summary>
/// Spans to disk, side by side: <c>dotnet run -c Release --project Ring.Benchmarks -- tracing [--quick]</c>. Flat out, all
/// processors end spans as fast as they can; paced, one ends them at a rate that every variant keeps up with. The variants take
/// turns in one process, each figure is the median of many rounds with its quartiles, a ratio or a difference is between
/// neighbours of one round, and each run counts what is on the disk. A quick run shows that all of it works, and measures nothing.
/// </summary>
internal sealed class TracingMeasurement
{
    private const int LargeQueue = 1 << 20;
    private const int PacedRate = 50_000;

    private readonly TextWriter _output;
    private readonly int _rounds;
    private readonly int _spans;
    private readonly int _pacedSpans;
    private readonly Variant _bare = new("Activity alone", static _ => new BarePipeline());
    private readonly Variant _openTelemetry = new("OpenTelemetry, defaults", static folder => new OpenTelemetryPipeline(folder));
    private readonly Variant[] _variants;

    private TracingMeasurement(TextWriter output, bool isQuick)
    {
        _output = output;
        _rounds = isQuick ? 3 : 11;
        _spans = isQuick ? 20_000 : 1_000_000;
        _pacedSpans = isQuick ? 5_000 : 200_000;
        _variants =
        [
            _bare,
            new Variant("TraceLog, DiscardNewest", static folder => new TraceLogPipeline(folder, OverflowPolicy.DiscardNewest)),
            new Variant("TraceLog, Block", static folder => new TraceLogPipeline(folder, OverflowPolicy.Block)),
            _openTelemetry,
            new Variant("OpenTelemetry, queue of 1,048,576", static folder => new OpenTelemetryPipeline(folder, LargeQueue)),
            new Variant("Serilog, async file", static folder => new SerilogPipeline(folder)),
        ];
    }

    public static void Run(TextWriter output, bool isQuick) => new TracingMeasurement(output, isQuick).Run();

    private void Run()
    {
        Machine.Describe(_output, Path.GetTempPath());
        // Once for the compiler, and thrown away.
        RunRound(0);
        foreach (Variant variant in _variants)
        {
            variant.FlatOut.Clear();
            variant.Paced.Clear();
        }

        for (int round = 0; round < _rounds; round++)
            RunRound(round);

        WriteFlatOut();
        WritePaced();
    }

    /// <summary>Each is first in turn: the next finds the caches and the disk as it left them.</summary>
    private void RunRound(int round)
    {
        for (int i = 0; i < _variants.Length; i++)
        {
            Variant variant = _variants[(round + i) % _variants.Length];
            variant.FlatOut.Add(RunOnce(variant, () => Work.EndSpansFlatOut(_spans, Environment.ProcessorCount)));
            variant.Paced.Add(RunOnce(variant, EndSpansPaced));
        }
    }

    private long[] EndSpansPaced()
    {
        long[] costs = new long[_pacedSpans];
        Work.EndSpansPaced(costs, PacedRate);
        return costs;
    }

    private RunResult RunOnce(Variant variant, Func<long[]> work)
    {
        string folder = Directory.CreateTempSubdirectory("ring-benchmarks-").FullName;
        try
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using ISpanPipeline pipeline = variant.Make(folder);
            Stopwatch clock = Stopwatch.StartNew();
            long[] costs = work();
            pipeline.Finish();
            clock.Stop();
            long onDisk = variant == _bare ? costs.Length : CheckedCount(variant, pipeline, costs.Length);
            return new RunResult(costs, onDisk, clock.Elapsed.TotalSeconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long CheckedCount(Variant variant, ISpanPipeline pipeline, int spans)
    {
        long onDisk = pipeline.CountOnDisk();
        bool isPlausible = pipeline.Discarded is { } discarded ? onDisk + discarded == spans : onDisk >= 0 && onDisk <= spans;
        return isPlausible
            ? onDisk
            : throw new InvalidOperationException(
                $"{variant.Name}: {onDisk} spans are on the disk and {pipeline.Discarded} were discarded, of {spans}.");
    }

    private void WriteFlatOut()
    {
        _output.WriteLine();
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Flat out: {_spans:N0} spans by {Environment.ProcessorCount} threads, {_rounds} rounds, median (quartiles)"));
        _output.WriteLine();
        _output.WriteLine("| variant | million spans a second to disk | times OpenTelemetry | lost, % | p50, ns | p99, ns | p99.9, ns |");
        _output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (Variant variant in _variants)
        {
            IEnumerable<double> ratios = variant.FlatOut.Zip(
                _openTelemetry.FlatOut, static (mine, other) => mine.SpansPerSecond / other.SpansPerSecond);
            WriteRow(
                variant.Name,
                Spread.Of(variant.FlatOut.Select(static run => run.SpansPerSecond / 1e6)).ToText("F3"),
                Spread.Of(ratios).ToText("F2"),
                Spread.Of(variant.FlatOut.Select(run => 100.0 * run.Lost / _spans)).ToText("F2"),
                Spread.Of(variant.FlatOut.Select(static run => run.Median)).ToText("F0"),
                Spread.Of(variant.FlatOut.Select(static run => run.Percentile99)).ToText("F0"),
                Spread.Of(variant.FlatOut.Select(static run => run.Percentile999)).ToText("F0"));
        }
    }

    private void WritePaced()
    {
        _output.WriteLine();
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Paced: {_pacedSpans:N0} spans at {PacedRate:N0} a second by one thread, {_rounds} rounds, median (quartiles)"));
        _output.WriteLine();
        _output.WriteLine("| variant | p50, ns | p99, ns | p99.9, ns | p50 over Activity alone, ns | lost |");
        _output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (Variant variant in _variants)
        {
            WriteRow(
                variant.Name,
                Spread.Of(variant.Paced.Select(static run => run.Median)).ToText("F0"),
                Spread.Of(variant.Paced.Select(static run => run.Percentile99)).ToText("F0"),
                Spread.Of(variant.Paced.Select(static run => run.Percentile999)).ToText("F0"),
                Spread.Of(variant.Paced.Zip(_bare.Paced, static (mine, bare) => mine.Median - bare.Median)).ToText("F0"),
                Spread.Of(variant.Paced.Select(static run => (double)run.Lost)).ToText("F0"));
        }
    }

    private void WriteRow(params string[] cells) => _output.WriteLine($"| {string.Join(" | ", cells)} |");
}
