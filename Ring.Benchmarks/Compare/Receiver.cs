using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// The consumer in every case: counts what one producer sends, in order, and adds it up. As cheap as it can be, since all contenders
/// have it.
/// </summary>
/// <param name="expected">How many events there are.</param>
/// <param name="isDone">Told when the last one is here.</param>
internal sealed class Receiver(int expected, CountdownEvent isDone) : IEventHandler<ClassEvent>, IEventHandler<StructEvent>
{
    private Padded _state;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(long value)
    {
        if (value != _state.Count)
            _state.IsOutOfOrder = true;

        _state.Sum += value;
        if (++_state.Count == expected)
            isDone.Signal();
    }

    public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => Take(evt.Value);

    public void OnEvent(ref StructEvent evt, long sequence, bool endOfBatch) => Take(evt.Value);

    public void Check()
    {
        long sum = (long)expected * (expected - 1) / 2;
        if (_state.IsOutOfOrder || _state.Count != expected || _state.Sum != sum)
        {
            throw new InvalidOperationException(
                $"{_state.Count} of {expected} events came, in order: {!_state.IsOutOfOrder}, with the sum {_state.Sum} instead of {sum}.");
        }
    }

    /// <summary>Other receivers must not lie on the same cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256 + 24)]
    private struct Padded
    {
        [FieldOffset(128)]
        public long Count;

        [FieldOffset(136)]
        public long Sum;

        [FieldOffset(144)]
        public bool IsOutOfOrder;
    }
}
