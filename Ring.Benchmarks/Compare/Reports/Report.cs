using System.Globalization;
using Ring.Benchmarks.Compare.Latency;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>A comparison as Markdown, with charts and raw figures beside it if it goes into a folder.</summary>
/// <param name="comparison">What was measured.</param>
/// <param name="options">What was asked for.</param>
/// <param name="lmax">Which version of LMAX's Disruptor took part; null for none.</param>
internal sealed class Report(Comparison comparison, CompareOptions options, string? lmax)
{
    private const string FileName = "README.md";

    private readonly DateTime _begunUtc = DateTime.UtcNow;
    private readonly string _machine = Machine.Describe();

    /// <summary>Writes the report with its charts, and the raw figures.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        using (StreamWriter report = new(Path.Combine(folder, FileName)))
            Write(report, charts: true);

        Charts.Write(comparison, folder);
        RawFigures.Write(comparison, folder);
    }

    /// <param name="output">Where to.</param>
    /// <param name="charts">Whether to refer to the charts.</param>
    public void Write(TextWriter output, bool charts)
    {
        WriteMethod(output);
        WriteAims(output);
        WriteAllocations(output);
        foreach (CaseResult result in comparison.Peers)
            WriteCase(output, result, charts);
        foreach (LatencyResult result in comparison.Latencies)
            WriteLatency(output, result, charts);
        foreach (CaseResult result in comparison.Topologies)
            WriteTopology(output, result);
        foreach (ScaleResult result in comparison.Scales)
            WriteScale(output, result, charts);
    }

    private void WriteMethod(TextWriter output)
    {
        output.WriteLine("# Ring beside other queues");
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Measured on {_begunUtc:yyyy-MM-dd} (UTC) by"));
        output.WriteLine();
        output.WriteLine($"```sh\ndotnet run -c Release --project Ring.Benchmarks -- compare{options}\n```");
        output.WriteLine();
        output.WriteLine($"- Ring {Machine.Build}");
        output.Write(_machine);
        output.WriteLine($"- LMAX Disruptor: {lmax ?? "not there"}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- {options.Effort.Rounds} rounds of {options.Effort.RunSeconds:0.##} s each, {options.Effort.LatencyRunSeconds:0.##} s where times are taken"));
        output.WriteLine(options.IsPinned
            ? "- threads bound to processors, but those of the JVM, and those that channels run on"
            : "- threads not bound to processors");
        output.WriteLine();
        output.WriteLine("All contenders of a table take turns, in another order each round. A figure is the median of the rounds, with the quartiles in");
        output.WriteLine("brackets; *bytes* are those of the round with the fewest, since the process itself allocates now and then. A ratio is taken");
        output.WriteLine("within each round, so that a slow minute of the machine hits both. Each run of a table of rates checks that every event came,");
        output.WriteLine("once and in order, and each run for times that all came. A ring has 65,536 slots, and so has each bounded queue, unless it is said;");
        output.WriteLine("1,024 in ping-pong. Queues carry numbers, which costs them no allocation; without a ring, each two threads that follow one another");
        output.WriteLine("have a queue between them, into which every value is put again; several producers share one. LMAX's Blocking sleeps for producers alone, and spins where a");
        output.WriteLine("consumer waits for another. LMAX has a virtual machine for each row; all others share");
        output.WriteLine("a process, whose compiler has seen several handlers when the later tables come. A percentile is left out where a round has fewer than");
        output.WriteLine("ten events beyond it; the curves are of all rounds together.");
        output.WriteLine();
        output.WriteLine("On a machine without the SDK, one with more processors, for example:");
        output.WriteLine();
        output.WriteLine("```sh\ndotnet publish Ring.Benchmarks -c Release -r linux-x64 --self-contained -o carried\n./carried/Ring.Benchmarks compare\n```");
        output.WriteLine();
        output.WriteLine("What limits these figures, and what made them better: [optimisations.md](optimisations.md). Single operations:");
        output.WriteLine("[micro.md](micro.md). Spans to disk: [tracing.md](tracing.md).");
        output.WriteLine();
    }

    private void WriteAims(TextWriter output)
    {
        string[] rows =
        [
            .. Aim.All.Select(aim => (Aim: aim, Ratio: comparison.RatioOf(aim))).Where(row => row.Ratio is not null)
                .Select(row => Row(row.Aim, row.Ratio!.Value)),
        ];
        if (rows.Length == 0)
            return;

        output.WriteLine("## Ratios");
        output.WriteLine();
        output.WriteLine("| case | Ring | against | ratio | aim | |");
        output.WriteLine("|---|---|---|---:|---:|---|");
        Array.ForEach(rows, output.WriteLine);
        output.WriteLine();
    }

    private void WriteAllocations(TextWriter output)
    {
        string[] allocating = [.. comparison.RowsThatAllocate()];
        output.WriteLine(allocating.Length == 0
            ? "No rate of Ring comes with an allocation: all are below 0.05 bytes an event."
            : $"Rows of Ring that allocate: {string.Join("; ", allocating)}.");
        output.WriteLine();
    }

    private static string Row(Aim aim, Spread ratio)
    {
        string what = aim.Share is { } share ? $"{aim.CaseId}, {Percentile(share)}" : aim.CaseId;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {aim.Ours} | {aim.Theirs} | {ratio.ToText("0.00")} | {aim.Factor:0.0} | {Verdict(aim, ratio)} |");
    }

    private static string Verdict(Aim aim, Spread ratio) =>
        ratio.Low >= aim.Factor ? "reached"
        : ratio.Median >= aim.Factor ? "reached, within the spread"
        : ratio.High >= aim.Factor ? "**missed**, within the spread"
        : "**missed**";

    private static void WriteCase(TextWriter output, CaseResult result, bool charts)
    {
        Heading(output, result.Case.Title, result.Case.Id, charts);
        output.WriteLine("| | million events a second | the first row is so many times as fast | bytes each |");
        output.WriteLine("|---|---:|---:|---:|");
        for (int i = 0; i < result.Names.Count; i++)
        {
            string ratio = i == 0 ? "1" : result.Ratio(0, i).ToText("0.00");
            output.WriteLine($"| {result.Names[i]} | {Millions(result, i)} | {ratio} | {Bytes(result, i)} |");
        }

        output.WriteLine();
    }

    private static void WriteLatency(TextWriter output, LatencyResult result, bool charts)
    {
        Heading(output, result.Case.Title, result.Case.Id, charts);
        output.WriteLine($"| nanoseconds | {string.Join(" | ", LatencyResult.Shares.Select(Percentile))} |");
        output.WriteLine($"|---|{string.Concat(LatencyResult.Shares.Select(static _ => "---:|"))}");
        for (int i = 0; i < result.Names.Count; i++)
        {
            IEnumerable<string> cells = LatencyResult.Shares.Select(share => result.CertainPercentile(i, share)?.ToText("N0") ?? "–");
            output.WriteLine($"| {result.Names[i]} | {string.Join(" | ", cells)} |");
        }

        output.WriteLine();
    }

    private static void WriteTopology(TextWriter output, CaseResult result)
    {
        string title = result.Names.Count == 1 ? result.Case.Title : $"{result.Case.Title}, by wait strategy";
        Heading(output, title, result.Case.Id, charts: false);
        output.WriteLine("| million events a second | | bytes each |");
        output.WriteLine("|---|---:|---:|");
        for (int i = 0; i < result.Names.Count; i++)
            output.WriteLine($"| {result.Names[i]} | {Millions(result, i)} | {Bytes(result, i)} |");

        output.WriteLine();
    }

    private static void WriteScale(TextWriter output, ScaleResult scale, bool charts)
    {
        Heading(output, scale.Case.Title, scale.Case.Id, charts);
        output.WriteLine($"| million events a second; {scale.Case.Axis}: | {string.Join(" | ", scale.Case.Points.Select(Number))} |");
        output.WriteLine($"|---|{string.Concat(scale.Case.Points.Select(static _ => "---:|"))}");
        for (int line = 0; line < scale.Case.Lines.Length; line++)
            output.WriteLine($"| {scale.Case.Lines[line].Name} | {string.Join(" | ", scale.Results.Select(result => Millions(result, line)))} |");

        output.WriteLine();
    }

    private static void Heading(TextWriter output, string title, string id, bool charts)
    {
        output.WriteLine($"## {title}");
        output.WriteLine();
        if (!charts)
            return;

        output.WriteLine($"![{title}]({Charts.FileOf(id)})");
        output.WriteLine();
    }

    private static string Millions(CaseResult result, int contender)
    {
        Spread rate = result.Rate(contender);
        return new Spread(rate.Low / 1e6, rate.Median / 1e6, rate.High / 1e6).ToText(rate.Median >= 1e7 ? "0" : "0.00");
    }

    private static string Bytes(CaseResult result, int contender) =>
        result.BytesPerOperation(contender) is { } bytes ? bytes.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Percentile(double share) => string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0.##}");

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
