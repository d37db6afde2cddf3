using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A folder, a disk with faults, a clock and a source of one test, and logs that use them.</summary>
internal sealed class LogFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Root => _folder.Root;

    public FaultyDisk Disk { get; } = new();

    public ManualClock Clock { get; } = new();

    public ActivitySource Source { get; } = new("ring.tests." + Guid.NewGuid().ToString("N"));

    public TraceLogOptions Options()
    {
        TraceLogOptions options = new() { Directory = Root, ServiceName = "shop", RingSize = 64 };
        options.Sources.Add(Source.Name);
        return options;
    }

    public TraceLog Open(Action<TraceLogOptions>? configure = null)
    {
        TraceLogOptions options = Options();
        configure?.Invoke(options);
        return new TraceLog(options, Disk, Clock);
    }

    /// <summary>
    /// Lets so much time pass that a disk which refused is tried again. To be called until it was: the drain may be about to note the
    /// time of the refusal.
    /// </summary>
    /// <returns>True, for a condition to go on with.</returns>
    public bool AdvanceToRetry()
    {
        Clock.Advance(LineWriter.RetryDelay);
        return true;
    }

    /// <summary>Starts and ends spans on the calling thread.</summary>
    public void End(int count, string name = "work")
    {
        for (int i = 0; i < count; i++)
            Source.StartActivity(name)?.Dispose();
    }

    /// <summary>The spans in the files, each valid, and none twice.</summary>
    public static List<OtlpSpan> Read(TraceLog log) => ReadAll(log).FindAll(span => !IsGap(span));

    /// <summary>How many spans are declared as lost in the files, by reason.</summary>
    public static Dictionary<string, long> ReadGaps(TraceLog log) =>
        ReadAll(log).Where(IsGap).GroupBy(gap => Text(gap, GapNames.Reason)).ToDictionary(
            reason => reason.Key,
            reason => reason.Sum(gap => long.Parse(Text(gap, GapNames.Count), CultureInfo.InvariantCulture)));

    /// <summary>The lines of the files whose names begin and end like this, oldest first.</summary>
    public string[] ReadLines(string prefix, string extension) =>
        [.. Directory.EnumerateFiles(Root, prefix + "-*" + extension).Order(StringComparer.Ordinal)
            .SelectMany(path => Encoding.UTF8.GetString(OtlpReader.ReadShared(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static List<OtlpSpan> ReadAll(TraceLog log)
    {
        List<OtlpSpan> spans = OtlpReader.ReadFiles(log.Files);
        Assert.That(spans.Select(span => span.SpanId), Is.Unique);
        return spans;
    }

    private static bool IsGap(OtlpSpan span) => span is { ScopeName: GapNames.Scope, Name: GapNames.Span };

    private static string Text(OtlpSpan span, string key) =>
        JsonDocument.Parse(span.Attribute(key)!).RootElement.EnumerateObject().Single().Value.GetString()!;

    public void Dispose()
    {
        Source.Dispose();
        _folder.Dispose();
    }
}
