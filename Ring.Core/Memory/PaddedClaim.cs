using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ring.Core;

/// <summary>
/// What a single producer touches on every claim, alone on its cache line: how far it has claimed, and how far it knew the
/// consumers to be when it last looked.
/// </summary>
/// <remarks>
/// One thread at a time, the producer, may use <see cref="Gate"/>, <see cref="NextPlain"/> and <see cref="SetNext"/>; every
/// thread may use <see cref="NextAcquire"/>. A mutable struct: hold it in a field that is not readonly, and never copy it.
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long NextPlain() => _next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long NextAcquire() => Volatile.Read(ref _next);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetNext(long value) => Volatile.Write(ref _next, value);
}
