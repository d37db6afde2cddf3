using System.Diagnostics;
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

    /// <summary>Starts and ends spans on the calling thread.</summary>
    public void End(int count, string name = "work")
    {
        for (int i = 0; i < count; i++)
            Source.StartActivity(name)?.Dispose();
    }

    /// <summary>The spans in the files, each valid, and none twice.</summary>
    public static List<OtlpSpan> Read(TraceLog log)
    {
        List<OtlpSpan> spans = OtlpReader.ReadFiles(log.Files);
        Assert.That(spans.Select(span => span.SpanId), Is.Unique);
        return spans;
    }

    public void Dispose()
    {
        Source.Dispose();
        _folder.Dispose();
    }
}
