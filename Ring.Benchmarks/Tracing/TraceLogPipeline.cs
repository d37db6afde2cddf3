using Ring.Tracing;

namespace Ring.Benchmarks.Tracing;

/// <summary>A <see cref="TraceLog"/> with default options but for what happens when the ring is full.</summary>
internal sealed class TraceLogPipeline : ISpanPipeline
{
    private readonly TraceLog _log;

    public TraceLogPipeline(string folder, OverflowPolicy overflow) => _log = TraceLog.Start(options =>
    {
        options.Directory = folder;
        options.Sources.Add(Work.Source.Name);
        options.ServiceName = Work.ServiceName;
        options.Overflow = overflow;
        // No file may be deleted for its age or number before it was counted.
        options.Files.SizeLimitBytes = 1L << 30;
    });

    public long? Discarded => _log.Counts.Discarded;

    public void Finish() => _log.Dispose();

    /// <summary>A gap record is a span by its form, and none that the application ended.</summary>
    public long CountOnDisk() =>
        FileContent.Count(_log.Files, "\"spanId\":\""u8) - FileContent.Count(_log.Files, "{\"key\":\"ring.gap.count\""u8);

    public void Dispose() => _log.Dispose();
}
