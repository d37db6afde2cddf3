using System.Runtime.CompilerServices;
#if NET
using System.Runtime.InteropServices;
#endif

namespace Ring.Core;

/// <summary>
/// A power-of-two array of 32-bit stamps with a cache line of unused cells at each end. A stamp is read with acquire and
/// written with release.
/// </summary>
/// <remarks>Every thread may use every method.</remarks>
internal readonly struct StampArray
{
    private const int Padding = CacheLine.Size / sizeof(int);

    private readonly int[] _stamps;
    private readonly int _mask;

    public StampArray(int size, int initial)
    {
        _stamps = new int[size + (2 * Padding)];
        _mask = size - 1;
        for (int i = 0; i < size; i++)
            _stamps[Padding + i] = initial;
    }

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadAcquire(long sequence) => Volatile.Read(ref Cell(sequence));

    /// <summary>Nothing before it moves after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(long sequence, int stamp) => Volatile.Write(ref Cell(sequence), stamp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Cell(long sequence)
    {
        int index = Padding + ((int)sequence & _mask);
#if NET
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_stamps), (nint)(uint)index);
#else
        return ref _stamps[index];
#endif
    }
}
