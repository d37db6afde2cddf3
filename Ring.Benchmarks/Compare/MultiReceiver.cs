using System.Runtime.CompilerServices;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>As <see cref="Receiver"/>, of what several producers send: the order is that of each.</summary>
/// <param name="producers">How many there are.</param>
/// <param name="expected">How many events all of them send.</param>
/// <param name="isDone">Told when the last one is here.</param>
internal sealed class MultiReceiver(int producers, int expected, CountdownEvent isDone) : IEventHandler<ClassEvent>, IEventHandler<StructEvent>
{
    // Other receivers must not lie on the same cache lines.
    private const int Padding = 16;
    private const int Count = Padding;
    private const int FirstProducer = Count + 1;

    /// <summary>How many events came, and the number that is next from each producer.</summary>
    private readonly long[] _state = new long[FirstProducer + producers + Padding];
    private bool _isOutOfOrder;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(long message)
    {
        if (Message.Number(message) != _state[FirstProducer + Message.Producer(message)]++)
            _isOutOfOrder = true;

        if (++_state[Count] == expected)
            isDone.Signal();
    }

    public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => Take(evt.Value);

    public void OnEvent(ref StructEvent evt, long sequence, bool endOfBatch) => Take(evt.Value);

    public void Check()
    {
        if (_isOutOfOrder || _state[Count] != expected)
            throw new InvalidOperationException($"{_state[Count]} of {expected} events came, in the order of their producers: {!_isOutOfOrder}.");
    }
}
