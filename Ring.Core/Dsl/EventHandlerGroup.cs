namespace Ring.Core.Dsl;

/// <summary>Some of a disruptor's handlers, to put others after them.</summary>
/// <remarks>Thread safety: for the one thread that configures the disruptor.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class EventHandlerGroup<T>
{
    private readonly Disruptor<T> _disruptor;
    private readonly Sequence[] _sequences;

    internal EventHandlerGroup(Disruptor<T> disruptor, Sequence[] sequences)
    {
        _disruptor = disruptor;
        _sequences = sequences;
    }

    /// <summary>Adds handlers that see each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith"/>
    public EventHandlerGroup<T> Then(params IEventHandler<T>[] handlers) => _disruptor.Add(_sequences, handlers);

    /// <summary>Adds workers that share the events, each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWithWorkerPool"/>
    public EventHandlerGroup<T> ThenHandleEventsWithWorkerPool(params IWorkHandler<T>[] handlers) =>
        _disruptor.Add(_sequences, handlers);

    /// <summary>The same as <see cref="ThenHandleEventsWithWorkerPool"/>, as in LMAX.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWithWorkerPool"/>
    public EventHandlerGroup<T> HandleEventsWithWorkerPool(params IWorkHandler<T>[] handlers) =>
        ThenHandleEventsWithWorkerPool(handlers);
}
