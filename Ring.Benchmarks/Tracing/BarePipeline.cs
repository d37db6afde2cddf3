using System.Diagnostics;

namespace Ring.Benchmarks.Tracing;

/// <summary>Asks for all data of each span and does nothing with it: what an Activity costs by itself.</summary>
internal sealed class BarePipeline : ISpanPipeline
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = Work.IsSource,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = static _ => { },
    };

    public BarePipeline() => ActivitySource.AddActivityListener(_listener);

    public long? Discarded => null;

    public void Finish() => _listener.Dispose();

    public long CountOnDisk() => 0;

    public void Dispose() => _listener.Dispose();
}
