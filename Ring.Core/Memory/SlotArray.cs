using System.Runtime.CompilerServices;
#if NET
using System.Runtime.InteropServices;
#endif

namespace Ring.Core;

/// <summary>The events of a ring: a power-of-two array with a cache line of unused slots at each end.</summary>
/// <remarks>
/// Not synchronised: that no slot is written and read at once is what the sequences around it guarantee. An event of a
/// reference type sits in a struct, so that taking a reference to it needs no check for array covariance.
/// </remarks>
internal readonly struct SlotArray<T>
{
    private readonly Slot[] _slots;
    private readonly int _mask;

    public SlotArray(int size, Func<T> factory)
    {
        _slots = new Slot[size + (2 * Padding)];
        _mask = size - 1;
        for (int i = 0; i < size; i++)
        {
            T made = factory();
            if (made is null)
                throw new ArgumentException($"The factory returned null for slot {i}.", nameof(factory));
            _slots[Padding + i].Event = made;
        }
    }

    /// <summary>Slots, not bytes; a constant to the JIT, which knows T.</summary>
    private static int Padding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T).IsValueType
            ? (CacheLine.Size + Unsafe.SizeOf<T>() - 1) / Unsafe.SizeOf<T>()
            : CacheLine.Size / IntPtr.Size;
    }

    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // The mask keeps the index inside the array for every sequence, also a negative one: no bounds check is needed.
            int index = Padding + ((int)sequence & _mask);
#if NET
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)(uint)index).Event;
#else
            return ref _slots[index].Event;
#endif
        }
    }

    private struct Slot
    {
        public T Event;
    }
}
