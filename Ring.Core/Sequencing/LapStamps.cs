using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// A mark for each sequence of the last lap: a slot's stamp is the number of the lap for which it was marked last, so a mark
/// ends by itself when the ring comes round, and nobody ever clears one.
/// </summary>
/// <remarks>
/// LMAX's available buffer: says which claims of several producers are published, in whatever order they are.
/// Sequence s lies in slot s mod size and in lap s / size. Stamps start at -1, the lap of no sequence. They are 32 bits: a
/// stamp could be taken for that of a lap 2^32 later, which cannot happen because every lap is marked before the next, and
/// because a ring that begins elsewhere gets stamps of its own.
/// Thread safety: every member may be called by every thread.
/// </remarks>
internal sealed class LapStamps
{
    private const int Never = -1;

    private readonly StampArray _stamps;
    private readonly int _lapShift;
    private readonly int _size;

    public LapStamps(int size)
    {
        _size = size;
        _stamps = new StampArray(size, Never);
        _lapShift = PowerOfTwo.Log2(size);
    }

    /// <summary>Whether a sequence, 0 or more, bears its mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsMarked(long sequence)
    {
        // PUB2 acquire: the event in the slot; pairs with LapStamps.Mark.
        return _stamps.ReadAcquire(sequence) == Lap(sequence);
    }

    /// <summary>Whether a sequence, 0 or more, or one of a later lap in its slot, bears its mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsMarkedSince(long sequence)
    {
        // PUB2 acquire: the event in the slot; pairs with LapStamps.Mark.
        // The difference, so that it is right where the number of the lap overflows.
        return unchecked(_stamps.ReadAcquire(sequence) - Lap(sequence)) >= 0;
    }

    /// <summary>Marks a sequence, 0 or more. Only the thread that claimed it may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(long sequence)
    {
        // PUB2 release: the event, before the stamp that shows it; pairs with LapStamps.IsMarked.
        _stamps.WriteRelease(sequence, Lap(sequence));
    }

    /// <summary>Gives the slots of the lap behind <paramref name="sequence"/> stamps that are none of theirs, nor of the lap before.</summary>
    public void StartBehind(long sequence)
    {
        for (long next = sequence + 1; next <= sequence + _size; next++)
        {
            // PUB2 release: before the claims that are compared with it; pairs with LapStamps.IsMarked.
            _stamps.WriteRelease(next, unchecked(Lap(next) - 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Lap(long sequence) => (int)(sequence >> _lapShift);
}
