using System.Runtime.InteropServices;

namespace Ring.Core;

/// <summary>
/// A position and those who want to know of its moves, on one cache line of their own: whoever moves it has just fetched the
/// line that says whom to tell.
/// </summary>
/// <remarks>Every thread may use both cells. A mutable struct: hold it in a field that is not readonly, and never copy it.</remarks>
[StructLayout(LayoutKind.Explicit, Size = CacheLine.Padding + sizeof(long) + sizeof(long) + CacheLine.Padding)]
internal struct PaddedPosition
{
    [FieldOffset(CacheLine.Padding)]
    public AtomicLong Value;

    [FieldOffset(CacheLine.Padding + sizeof(long))]
    public AtomicReference<Action?> Listeners;

    public PaddedPosition(long initial) => Value = new AtomicLong(initial);
}
