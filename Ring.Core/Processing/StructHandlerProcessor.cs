using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>Calls a handler that is a struct on its own type, which the JIT compiles for it alone and can inline.</summary>
/// <remarks>Thread safety: as <see cref="BatchEventProcessor{T}"/>.</remarks>
internal sealed class StructHandlerProcessor<T, THandler> : BatchEventProcessor<T>
    where THandler : struct, IEventHandler<T>
{
    public StructHandlerProcessor(RingBuffer<T> ring, SequenceBarrier barrier, THandler handler)
        : base(ring, barrier, handler)
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override void HandleAll(long first, long last)
    {
        RingBuffer<T> ring = Ring;
        ref THandler handler = ref StructBox.Content<THandler>(Handler);
        for (long sequence = first; sequence <= last; sequence++)
        {
            Current = sequence;
            handler.OnEvent(ref ring[sequence], sequence, sequence == last);
        }
    }
}
