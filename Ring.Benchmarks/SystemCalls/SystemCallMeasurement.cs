using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.SystemCalls;

/// <summary>
/// Which system calls a thread makes that ends spans: <c>dotnet run -c Release --project Ring.Benchmarks -- system-calls</c>, on
/// Linux, with strace. Each row is a process of its own under strace, which slows it down: the counts mean something, times do not.
/// </summary>
internal static class SystemCallMeasurement
{
    public const string Command = "system-calls";

    /// <summary>Of each row: the runtime makes a call of its own now and then.</summary>
    private const int Runs = 7;

    public static void Run(TextWriter output)
    {
        Machine.Describe(output);
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"System calls of the thread that ends {ObservedWork.Spans:N0} spans, in {Runs} processes for each row"));
        output.WriteLine();
        output.WriteLine("| what it does | fewest | median | most | which, of those in the middle |");
        output.WriteLine("| --- | ---: | ---: | ---: | --- |");
        foreach (ObservedWork work in ObservedWork.All)
            WriteRow(output, work);
    }

    private static void WriteRow(TextWriter output, ObservedWork work)
    {
        string[][] runs = [.. Enumerable.Range(0, Runs).Select(_ => Observe(work.Id)).OrderBy(static calls => calls.Length)];
        string[] middle = runs[Runs / 2];
        string names = string.Join(", ", middle.CountBy(static name => name).Select(static pair => $"{pair.Value} {pair.Key}"));
        output.WriteLine($"| {work.Title} | {runs[0].Length} | {middle.Length} | {runs[^1].Length} | {names} |");
    }

    /// <summary>The names of the calls, in their order.</summary>
    private static string[] Observe(string work)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ring-benchmarks-strace-");
        try
        {
            RunUnderStrace(work, Path.Combine(folder.FullName, "thread"));
            return folder.EnumerateFiles().Select(static file => File.ReadAllLines(file.FullName)).Select(CallsOf).OfType<string[]>().Single();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes a file for each thread.</summary>
    private static void RunUnderStrace(string work, string files)
    {
        // The program beside the assembly: whoever started this may have been dotnet itself.
        string program = Path.Combine(AppContext.BaseDirectory, typeof(SystemCallMeasurement).Assembly.GetName().Name!);
        ProcessStartInfo start = new("strace", ["-ff", "-q", "-e", "signal=none", "-o", files, program, Command, work]);
        // A thread that is stopped for new code makes calls that are none of its own.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using Process process = Start(start);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{work} ended with {process.ExitCode}.");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PlatformNotSupportedException("This measurement needs Linux, and strace in the path.", exception);
        }
    }

    /// <summary>What a thread called between the last two marks; null if it set none.</summary>
    private static string[]? CallsOf(string[] lines)
    {
        int begin = Array.FindLastIndex(lines, static line => line.Contains(ObservedWork.BeginMark, StringComparison.Ordinal));
        int end = Array.FindLastIndex(lines, static line => line.Contains(ObservedWork.EndMark, StringComparison.Ordinal));
        return begin < 0 ? null : [.. lines[(begin + 1)..end].Select(static line => line.Split('(')[0])];
    }
}
