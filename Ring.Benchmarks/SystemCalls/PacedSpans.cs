using Ring.Benchmarks.Tracing;

namespace Ring.Benchmarks.SystemCalls;

/// <summary>Spans that come at a steady rate, which leaves whoever writes them time to fall asleep.</summary>
internal sealed class PacedSpans(ISpanPipeline pipeline) : IObservedSpans
{
    private const int SpansPerSecond = 50_000;

    // Made before, since so large an array is a system call by itself.
    private readonly long[] _costs = new long[ObservedWork.Spans];

    public void End(int spans) => Work.EndSpansPaced(_costs.AsSpan(0, spans), SpansPerSecond);

    public void Finish()
    {
        pipeline.Finish();
        // Who discards a span does less for it.
        if (pipeline.Discarded is > 0 and { } discarded)
            throw new InvalidOperationException($"{discarded} spans were discarded.");
    }

    public void Dispose() => pipeline.Dispose();
}
