using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ring.Core;

/// <summary>
/// What a single producer touches on every claim, alone on its cache line: how far it has claimed, and how far it knew the
/// consumers to be when it last looked.
/// </summary>
/// <remarks>
/// One thread at a time, the producer, may use <see cref="Gate"/>, <see cref="ReadNextPlain"/> and <see cref="WriteNextRelease"/>; every
/// thread may use <see cref="ReadNextAcquire"/>. A mutable struct: hold it in a field that is not readonly, and never copy it.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = CacheLine.Padding + (2 * sizeof(long)) + CacheLine.Padding)]
internal struct PaddedClaim
{
    [FieldOffset(CacheLine.Padding)]
    private long _next;

    /// <summary>The cached minimum of the gating sequences; owned by the producer.</summary>
    [FieldOffset(CacheLine.Padding + sizeof(long))]
    public long Gate;

    public PaddedClaim(long initial) => _next = Gate = initial;

    /// <summary>No order; only for the producer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long ReadNextPlain() => _next;

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadNextAcquire() => Volatile.Read(ref _next);

    /// <summary>Nothing before it moves after it; only for the producer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNextRelease(long value) => Volatile.Write(ref _next, value);
}
