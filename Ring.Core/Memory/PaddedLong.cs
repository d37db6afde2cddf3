using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ring.Core;

/// <summary>An <see cref="AtomicLong"/> alone on its cache line.</summary>
/// <remarks>
/// Every thread may use every method; which thread may use the plain ones is the holder's business. A mutable struct: hold it
/// in a field that is not readonly, and never copy it.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = CacheLine.Padding + sizeof(long) + CacheLine.Padding)]
internal struct PaddedLong
{
    [FieldOffset(CacheLine.Padding)]
    private AtomicLong _cell;

    public PaddedLong(long initial) => _cell = new AtomicLong(initial);

    /// <inheritdoc cref="AtomicLong.ReadPlain"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long ReadPlain() => _cell.ReadPlain();

    /// <inheritdoc cref="AtomicLong.ReadAcquire"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadAcquire() => _cell.ReadAcquire();

    /// <inheritdoc cref="AtomicLong.WriteRelease"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(long value) => _cell.WriteRelease(value);

    /// <inheritdoc cref="AtomicLong.CompareExchange"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareExchange(long expected, long value) => _cell.CompareExchange(expected, value);

    /// <summary>Stores <paramref name="value"/> unless the cell holds more, and returns what it then holds; the cell never falls.</summary>
    public long RaiseTo(long value)
    {
        while (true)
        {
            long current = _cell.ReadAcquire();
            if (current >= value)
                return current;
            if (_cell.CompareExchange(current, value))
                return value;
        }
    }
}
