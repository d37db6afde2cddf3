using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>A yes-or-no cell without padding, for what is read often and written seldom.</summary>
/// <remarks>
/// Every thread may use every method. A mutable struct: hold it in a field that is not readonly, and never copy it.
/// </remarks>
internal struct AtomicFlag
{
    private int _value;

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadAcquire() => Volatile.Read(ref _value) != 0;

    /// <summary>Nothing before it moves after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(bool value) => Volatile.Write(ref _value, value ? 1 : 0);

    /// <summary>Sets the flag when it is clear, and says whether this call did so; a full fence when it did.</summary>
    public bool CompareExchange(bool expected, bool value)
    {
        int comparand = expected ? 1 : 0;
        return Interlocked.CompareExchange(ref _value, value ? 1 : 0, comparand) == comparand;
    }
}
