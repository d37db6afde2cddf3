using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>The drain's side of the ledger: what became of the spans that got a slot. One that goes to several logs counts in each.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DrainedCounts
{
    public long Written { get; set; }

    public long WriteFailed { get; set; }

    public long EncodeFailed { get; set; }

    public long Abandoned { get; set; }

    /// <summary>Spans that no log takes.</summary>
    public long Unrouted { get; set; }

    /// <summary>How often a span went to one more log than one.</summary>
    public long Copies { get; set; }

    public long BytesWritten { get; set; }

    public long StatisticLinesDiscarded { get; set; }

    /// <summary>Spans that are not in flight any more.</summary>
    public readonly long Total => Written + WriteFailed + EncodeFailed + Abandoned + Unrouted;
}
