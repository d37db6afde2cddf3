using System.Diagnostics;
using System.Globalization;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>What a process does that makes a log and ends without disposing of it.</summary>
internal static class ExitingProcess
{
    public const string FolderVariable = "RING_TESTS_FOLDER";
    public const string DrainVariable = "RING_TESTS_DRAIN";
    public const int Spans = 1000;

    public static void Run(string folder)
    {
        using ActivitySource source = new("ring.tests.exit");
        TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = folder;
            options.Sources.Add(source.Name);
            options.Overflow = OverflowPolicy.Block;
            options.DrainOnProcessExit = bool.Parse(Environment.GetEnvironmentVariable(DrainVariable)!);
        });
        for (int i = 0; i < Spans; i++)
            source.StartActivity("last")?.Dispose();

        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0}", log.Counts));
    }
}
