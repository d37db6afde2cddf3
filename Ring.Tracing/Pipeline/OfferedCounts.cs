using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>The producers' side of the ledger.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct OfferedCounts(long claimed, Func<LossReason, long> lost)
{
    /// <summary>Spans that got a slot.</summary>
    public long Claimed { get; } = claimed;

    public long RingFull { get; } = lost(LossReason.RingFull);

    public long LowPriority { get; } = lost(LossReason.LowPriority);

    public long BlockTimedOut { get; } = lost(LossReason.BlockTimedOut);

    public long NotW3C { get; } = lost(LossReason.NotW3C);

    public long Stopped { get; } = lost(LossReason.Stopped);
}
