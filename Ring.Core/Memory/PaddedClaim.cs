using System.Runtime.InteropServices;

namespace Ring.Core;

/// <summary>
/// What a single producer touches on every claim, alone on its cache line: how far it has claimed, and how far it may claim
/// without another look at the consumers.
/// </summary>
/// <remarks>
/// Every thread may use both cells; only the producer may write <see cref="Claimed"/>, or read it plainly. A mutable struct: hold
/// it in a field that is not readonly, and never copy it.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = CacheLine.Padding + (2 * sizeof(long)) + CacheLine.Padding)]
internal struct PaddedClaim(long claimed, long limit)
{
    /// <summary>The highest claimed sequence, the one that waits for room included.</summary>
    [FieldOffset(CacheLine.Padding)]
    public AtomicLong Claimed = new(claimed);

    /// <summary>The highest sequence that is known to be free to claim; the producer moves it, and whoever closes the ring.</summary>
    [FieldOffset(CacheLine.Padding + sizeof(long))]
    public AtomicLong Limit = new(limit);
}
