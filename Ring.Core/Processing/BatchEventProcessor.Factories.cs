namespace Ring.Core;

/// <summary>Makes processors for handlers of which the compiler shall know the type.</summary>
/// <remarks>Thread safety: every thread may call every method.</remarks>
public static class BatchEventProcessor
{
    /// <summary>
    /// A processor for a handler that is a struct: its <see cref="IEventHandler{T}.OnEvent"/> is not called through the
    /// interface, and can be inlined into the loop over the batch.
    /// </summary>
    /// <param name="ring">Where the events are.</param>
    /// <param name="barrier">What to wait for: a barrier of that ring, made for this processor alone.</param>
    /// <param name="handler">
    /// What to do. The processor keeps a copy, on which it calls everything, so what it counts in its own fields can only be seen
    /// by itself: let it refer to an object for what others shall see.
    /// </param>
    /// <typeparam name="T">The event: a class, or a struct.</typeparam>
    /// <typeparam name="THandler">The type of the handler.</typeparam>
    /// <returns>The processor, which does not run yet.</returns>
    /// <exception cref="ArgumentNullException">The ring or the barrier is null.</exception>
    public static BatchEventProcessor<T> Create<T, THandler>(RingBuffer<T> ring, SequenceBarrier barrier, THandler handler)
        where THandler : struct, IEventHandler<T> => new StructHandlerProcessor<T, THandler>(ring, barrier, handler);
}
