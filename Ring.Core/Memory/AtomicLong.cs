using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>A 64-bit cell without padding, for what is read often and written almost never.</summary>
/// <remarks>
/// Every thread may use every method. A mutable struct: hold it in a field that is not readonly, and never copy it.
/// </remarks>
internal struct AtomicLong
{
    private long _value;

    public AtomicLong(long initial) => _value = initial;

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadAcquire() => Volatile.Read(ref _value);

    /// <summary>Nothing before it moves after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(long value) => Volatile.Write(ref _value, value);
}
