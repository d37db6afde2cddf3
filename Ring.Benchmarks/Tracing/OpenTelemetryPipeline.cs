using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Ring.Benchmarks.Tracing;

/// <summary>OpenTelemetry's batch processor, with default options unless told, in front of <see cref="JsonFileExporter"/>.</summary>
internal sealed class OpenTelemetryPipeline : ISpanPipeline
{
    private const int DefaultQueue = 2048;

    private readonly string _path;
    private readonly TracerProvider _provider;

    public OpenTelemetryPipeline(string folder, int queue = DefaultQueue)
    {
        _path = Path.Combine(folder, "spans.jsonl");
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Work.Source.Name)
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(new BatchActivityExportProcessor(new JsonFileExporter(_path), maxQueueSize: queue))
            .Build();
    }

    /// <summary>The processor counts what it drops, and tells its event source alone.</summary>
    public long? Discarded => null;

    public void Finish()
    {
        _provider.ForceFlush();
        _provider.Dispose();
    }

    public long CountOnDisk() => FileContent.Count([_path], "\"spanId\":\""u8);

    public void Dispose() => _provider.Dispose();
}
