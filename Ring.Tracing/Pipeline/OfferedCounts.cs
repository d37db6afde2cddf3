using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>The producers' side of the ledger.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct OfferedCounts(long claimed, long ringFull, long stopped, long notW3C)
{
    /// <summary>Spans that got a slot.</summary>
    public long Claimed { get; } = claimed;

    public long RingFull { get; } = ringFull;

    public long Stopped { get; } = stopped;

    public long NotW3C { get; } = notW3C;
}
