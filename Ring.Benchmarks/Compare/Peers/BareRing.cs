using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ring.Benchmarks.Compare.Peers;

/// <summary>
/// The practical limit: two counters and an array between one producer and one consumer, and nothing else: no slots for objects, no
/// further consumers, no waiting but spinning, no end.
/// </summary>
internal sealed class BareRing(int size)
{
    private readonly long[] _slots = new long[size];
    private readonly int _mask = size - 1;
    private State _state;

    /// <param name="count">How many values to send.</param>
    /// <param name="batch">After how many the consumer is told.</param>
    public void Send(int count, int batch)
    {
        ref long slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        long room = size;
        for (long next = 0; next < count;)
        {
            long end = Math.Min(count, next + batch);
            if (end > room)
                room = WaitForRoom(end);

            for (; next < end; next++)
                Unsafe.Add(ref slots, (nint)(next & _mask)) = next;

            Volatile.Write(ref _state.Written, end);
        }
    }

    public void Receive(Receiver receiver, int count)
    {
        ref long slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (long next = 0; next < count;)
        {
            long end;
            while ((end = Volatile.Read(ref _state.Written)) == next)
                Thread.SpinWait(1);

            for (; next < end; next++)
                receiver.Take(Unsafe.Add(ref slots, (nint)(next & _mask)));

            Volatile.Write(ref _state.Read, end);
        }
    }

    private long WaitForRoom(long end)
    {
        long room;
        while ((room = Volatile.Read(ref _state.Read) + size) < end)
            Thread.SpinWait(1);

        return room;
    }

    /// <summary>Each counter alone on its cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 392)]
    private struct State
    {
        [FieldOffset(128)]
        public long Written;

        [FieldOffset(256)]
        public long Read;
    }
}
