using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Benchmarks.SlotContent;

/// <summary>The slot holds the Activity, and the drain thread reads it.</summary>
internal sealed class ReferencePipeline() : SlotPipeline<ReferencePipeline.Slot>(static () => new Slot())
{
    // The encoder reads this class; one that read the Activity would read the same values, so the copy into a hot object is the
    // only extra.
    private readonly SpanEvent _scratch = new();

    protected override void Fill(Slot slot, Activity activity) => slot.Activity = activity;

    protected override void Encode(Slot slot, OtlpEncoder encoder)
    {
        _scratch.Capture(slot.Activity!);
        slot.Activity = null;
        encoder.Add(_scratch);
        _scratch.Clear();
    }

    internal sealed class Slot
    {
        public Activity? Activity { get; set; }
    }
}
