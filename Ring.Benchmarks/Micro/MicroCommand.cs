using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Perfolizer.Mathematics.OutlierDetection;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Micro;

/// <summary>
/// What single operations cost on one thread: <c>dotnet run -c Release --project Ring.Benchmarks -- micro FILE</c> writes all of them
/// into a file. Any other arguments are those of BenchmarkDotNet, <c>--filter *Publish*</c> for example.
/// </summary>
internal static class MicroCommand
{
    // In this process: a generated project would have to pass this repository's analyzers.
    private static readonly IConfig Config = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(100))
            .WithOutlierMode(OutlierMode.DontRemove))
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params)
        .AddColumn(StatisticColumn.Q1, StatisticColumn.Median, StatisticColumn.Q3, BaselineRatioColumn.RatioMean)
        .AddColumnProvider(DefaultColumnProviders.Metrics)
        .AddLogger(ConsoleLogger.Default)
        .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
        .AddValidator([.. DefaultConfig.Instance.GetValidators()]);

    public static void Run(string[] arguments) => Benchmarks().Run(arguments, Config);

    /// <exception cref="InvalidOperationException">A benchmark failed.</exception>
    public static void Report(string path)
    {
        string machine = Machine.Describe();
        // Opened before all the work, and complete or not there.
        string unfinished = path + ".tmp";
        using (StreamWriter output = new(unfinished))
        {
            WriteMethod(output, path, machine);
            foreach (Summary summary in Benchmarks().RunAll(Config))
                Write(output, summary);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static BenchmarkSwitcher Benchmarks() => BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly);

    private static void WriteMethod(StreamWriter output, string path, string machine)
    {
        output.WriteLine("# What single operations cost");
        output.WriteLine();
        output.WriteLine("On one thread, so nobody takes a cache line away: what is left is the work itself. Measured on");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd} (UTC) by"));
        output.WriteLine();
        output.WriteLine($"```sh\ndotnet run -c Release --project Ring.Benchmarks -- micro {path}\n```");
        output.WriteLine();
        output.WriteLine($"- Ring {Machine.Build}");
        output.Write(machine);
        output.WriteLine("- fifteen iterations of 0.1 s after five to warm up; median and quartiles, less what an empty loop takes; the ratio is of the means");
    }

    private static void Write(StreamWriter output, Summary summary)
    {
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success))
            throw new InvalidOperationException($"Not everything ran: {summary.Title}.");

        SummaryTable.SummaryTableColumn[] columns = Array.FindAll(summary.Table.Columns, static column => column.NeedToShow);
        output.WriteLine();
        output.WriteLine($"## `{NameOf(summary.BenchmarksCases[0].Descriptor.Type)}`");
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", columns.Select(static column => column.Header))} |");
        output.WriteLine($"|---|{string.Concat(columns.Skip(1).Select(static _ => "---:|"))}");
        for (int row = 0; row < summary.Table.FullContent.Length; row++)
            output.WriteLine($"| {string.Join(" | ", columns.Select(column => column.Content[row]))} |");
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(static argument => argument.Name))}>"
        : type.Name;
}
