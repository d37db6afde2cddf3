using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>
/// What a <see cref="DoomedProcess"/> does: a service that writes spans, and says which of them are flushed, until it is killed.
/// </summary>
internal static class DoomedProgram
{
    /// <summary>Ends a line that says which spans are flushed, so that one torn by the kill is known.</summary>
    public const string EndOfReport = " .";

    private const int Threads = 3;
    private const int MostSpans = 200;
    private const string SourceName = "ring.tests.doomed";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Stream Output = Console.OpenStandardOutput();
    private static readonly Lock Gate = new();

    public static void Run(string folder)
    {
        using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = folder;
            options.Sources.Add(SourceName);
            options.Overflow = OverflowPolicy.Block;
            options.Files.SizeLimitBytes = 256 * 1024;
        });
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() => WriteUntilKilled(log)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static void WriteUntilKilled(TraceLog log)
    {
        while (true)
        {
            string report = string.Join(' ', EndSpans(RandomNumberGenerator.GetInt32(1, MostSpans)));
            log.FlushAsync().GetAwaiter().GetResult();
            lock (Gate)
                Output.Write(Encoding.ASCII.GetBytes(report + EndOfReport + "\n"));
        }
    }

    private static List<ActivitySpanId> EndSpans(int count)
    {
        List<ActivitySpanId> ids = [];
        for (int i = 0; i < count; i++)
        {
            using Activity activity = Source.StartActivity("work")!;
            activity.SetTag("url.path", "/cart/4711");
            ids.Add(activity.SpanId);
        }

        return ids;
    }
}
