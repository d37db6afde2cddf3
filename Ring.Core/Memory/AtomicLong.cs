using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>One 64-bit cell without padding. The memory order of each access stands in its name.</summary>
/// <remarks>
/// Every thread may use every method; which thread may use the plain ones is the holder's business. A mutable struct: hold it
/// in a field that is not readonly, and never copy it.
/// </remarks>
internal struct AtomicLong
{
    private long _value;

    public AtomicLong(long initial) => _value = initial;

    /// <summary>No order; only where no other thread writes at the same time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long ReadPlain() => _value;

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadAcquire() => Volatile.Read(ref _value);

    /// <summary>Nothing before it moves after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(long value) => Volatile.Write(ref _value, value);

    /// <summary>Stores when the cell still holds <paramref name="expected"/>; a full fence when it does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareExchange(long expected, long value) =>
        Interlocked.CompareExchange(ref _value, value, expected) == expected;

    /// <summary>Adds and returns the sum; a full fence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Add(long increment) => Interlocked.Add(ref _value, increment);
}
