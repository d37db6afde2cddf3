using Ring.Benchmarks.Tracing;
using Ring.Tracing;

namespace Ring.Benchmarks.SystemCalls;

/// <summary>What a thread does while it is observed.</summary>
/// <param name="Id">For the command line.</param>
/// <param name="Title">For the table.</param>
/// <param name="Make">Makes it, with its files in the folder that it is given.</param>
internal sealed record ObservedWork(string Id, string Title, Func<string, IObservedSpans> Make)
{
    public const int Spans = 100_000;

    /// <summary>Files that nobody has: asking for them is a system call that nothing else makes.</summary>
    public const string BeginMark = "/ring-benchmarks-begin";
    public const string EndMark = "/ring-benchmarks-end";

    private const long BytesOfAllSpans = 200L << 20;

    public static ObservedWork[] All { get; } =
    [
        new("alone", "Activity alone", static _ => new PacedSpans(new BarePipeline())),
        new("awake-activity", "TraceLog, drain awake, Activity", static folder => new SpansOfAwakeDrain(folder, isDirect: false)),
        new("awake-direct", "TraceLog, drain awake, TraceLog.Record", static folder => new SpansOfAwakeDrain(folder, isDirect: true)),
        new("paced", "TraceLog, 50,000 spans a second: the drain dozes",
            static folder => new PacedSpans(new TraceLogPipeline(folder, OverflowPolicy.Block))),
        new("opentelemetry", "OpenTelemetry, 50,000 spans a second", static folder => new PacedSpans(new OpenTelemetryPipeline(folder))),
    ];

    /// <summary>Runs one of them in this process.</summary>
    /// <exception cref="ArgumentException">There is none of this id.</exception>
    public static void Run(string id)
    {
        ObservedWork work = Array.Find(All, work => string.Equals(work.Id, id, StringComparison.Ordinal))
            ?? throw new ArgumentException($"'{id}' is none of {string.Join(", ", All.Select(static work => work.Id))}.", nameof(id));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ring-benchmarks-");
        try
        {
            using IObservedSpans spans = work.Make(folder.FullName);
            // The first time code is compiled and calls are connected; the last marks are those that count.
            EndBetweenMarks(spans);
            EndBetweenMarks(spans);
            spans.Finish();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void EndBetweenMarks(IObservedSpans spans)
    {
        // A collection stops the thread, which makes calls that are none of its own.
        if (!GC.TryStartNoGCRegion(BytesOfAllSpans))
            throw new InvalidOperationException("There is not enough memory to do without a collection.");

        _ = File.Exists(BeginMark);
        spans.End(Spans);
        _ = File.Exists(EndMark);
        GC.EndNoGCRegion();
    }
}
