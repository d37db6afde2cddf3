using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Benchmarks.SlotContent;

/// <summary>The slot holds a copy of every value, made by the thread that ends the span.</summary>
internal sealed class SnapshotPipeline() : SlotPipeline<SpanEvent>(static () => new SpanEvent())
{
    protected override void Fill(SpanEvent slot, Activity activity) => slot.Capture(activity);

    protected override void Encode(SpanEvent slot, OtlpEncoder encoder)
    {
        encoder.Add(slot);
        slot.Clear();
    }
}
