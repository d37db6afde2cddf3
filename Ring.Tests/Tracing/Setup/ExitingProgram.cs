using System.Diagnostics;
using System.Globalization;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>What a process does that makes a log and ends without disposing of it.</summary>
internal static class ExitingProgram
{
    public const int Spans = 1000;

    public static void Run(string folder, bool drainOnProcessExit)
    {
        using ActivitySource source = new("ring.tests.exit");
        TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = folder;
            options.Sources.Add(source.Name);
            options.Overflow = OverflowPolicy.Block;
            options.DrainOnProcessExit = drainOnProcessExit;
        });
        for (int i = 0; i < Spans; i++)
            source.StartActivity("last")?.Dispose();

        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0}", log.Counts));
    }
}
