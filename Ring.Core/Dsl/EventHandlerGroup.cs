namespace Ring.Core.Dsl;

/// <summary>Some of a disruptor's consumers, to put others after them.</summary>
/// <remarks>Thread safety: for the one thread that configures the disruptor; <see cref="AddHandler"/> and <see cref="NewPoller"/> are for every thread.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class EventHandlerGroup<T>
{
    private readonly ConsumerGraph<T> _graph;
    private readonly Sequence[] _sequences;

    internal EventHandlerGroup(ConsumerGraph<T> graph, Sequence[] sequences)
    {
        _graph = graph;
        _sequences = sequences;
    }

    /// <summary>Adds handlers that see each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith(IEventHandler{T}[])"/>
    public EventHandlerGroup<T> Then(params IEventHandler<T>[] handlers) =>
        Behind(_graph.Add(_sequences, handlers, new ConsumerOptions<T>()));

    /// <summary>Adds a handler that sees each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith(IEventHandler{T}, ConsumerOptions{T})"/>
    public EventHandlerGroup<T> Then(IEventHandler<T> handler, ConsumerOptions<T> options) =>
        Behind(_graph.Add(_sequences, [handler], options ?? throw new ArgumentNullException(nameof(options))));

    /// <summary>Adds a handler that is a struct, and sees each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith{THandler}(THandler, ConsumerOptions{T})"/>
    public EventHandlerGroup<T> Then<THandler>(THandler handler, ConsumerOptions<T>? options = null)
        where THandler : struct, IEventHandler<T> =>
        Behind(_graph.AddStruct(_sequences, handler, options ?? new ConsumerOptions<T>()));

    /// <summary>Adds delegates that see each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith(EventAction{T}[])"/>
    public EventHandlerGroup<T> Then(params EventAction<T>[] handlers) => Then(DelegateEventHandler<T>.For(handlers));

    /// <summary>Adds processors that see each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith(EventProcessorFactory{T}[])"/>
    public EventHandlerGroup<T> Then(params EventProcessorFactory<T>[] factories) => Behind(_graph.Add(_sequences, factories));

    /// <summary>Adds a handler while the others run, that sees each event after all of this group have handled it.</summary>
    /// <param name="handler">The handler, which is not there yet.</param>
    /// <param name="start">Where it begins; never before where those of the group began.</param>
    /// <param name="options">How it is to be treated; read here and now, nothing special when null.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">The handler is there already. Nothing is added.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is unknown. Nothing is added.</exception>
    /// <exception cref="RingClosedException">The ring is closed. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">
    /// The disruptor was not started, or was halted; a handler of this group was removed; or the thread factory returned null or a
    /// started thread. Nothing is added.
    /// </exception>
    public EventHandlerGroup<T> AddHandler(IEventHandler<T> handler, StartPosition start = StartPosition.Latest, ConsumerOptions<T>? options = null) =>
        Behind(_graph.AddRunning(_sequences, handler, StartPositions.Checked(start, nameof(start)), options ?? new ConsumerOptions<T>()));

    /// <summary>The same as <see cref="Then(IEventHandler{T}[])"/>, as in LMAX.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWith(IEventHandler{T}[])"/>
    public EventHandlerGroup<T> HandleEventsWith(params IEventHandler<T>[] handlers) => Then(handlers);

    /// <summary>Adds workers that share the events, each event after all of this group have handled it.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWithWorkerPool"/>
    public EventHandlerGroup<T> ThenHandleEventsWithWorkerPool(params IWorkHandler<T>[] handlers) =>
        Behind(_graph.Add(_sequences, handlers));

    /// <summary>The same as <see cref="ThenHandleEventsWithWorkerPool"/>, as in LMAX.</summary>
    /// <inheritdoc cref="Disruptor{T}.HandleEventsWithWorkerPool"/>
    public EventHandlerGroup<T> HandleEventsWithWorkerPool(params IWorkHandler<T>[] handlers) =>
        ThenHandleEventsWithWorkerPool(handlers);

    /// <summary>Both groups: what is put after the result sees an event after all of both have handled it.</summary>
    /// <param name="other">Another group of the same disruptor.</param>
    /// <returns>The larger group.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="ArgumentException">It is of another disruptor.</exception>
    public EventHandlerGroup<T> And(EventHandlerGroup<T> other)
    {
        if (other is null)
            throw new ArgumentNullException(nameof(other));
        if (!ReferenceEquals(other._graph, _graph))
            throw new ArgumentException("The group is of another disruptor.", nameof(other));
        return With(other._sequences);
    }

    /// <summary>
    /// This group and processors of your own. Those that the disruptor does not know yet it starts and ends, and they gate its
    /// ring from now on.
    /// </summary>
    /// <param name="processors">One or more, over a barrier of the disruptor's ring.</param>
    /// <returns>The larger group.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one stands there twice. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> And(params IEventProcessor[] processors) => With(_graph.AddUnknown(processors));

    /// <summary>A barrier behind all of this group, for a consumer of your own.</summary>
    /// <returns>A new one, for one consumer.</returns>
    public SequenceBarrier AsSequenceBarrier() => _graph.Ring.NewBarrier(_sequences);

    /// <summary>A consumer without a thread that sees each event after all of this group; also while they run.</summary>
    /// <param name="start">Where it begins; never before where those of the group began.</param>
    /// <returns>The poller, to be disposed of when it polls no more, and before the group's handlers are removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is unknown. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">A handler of this group was removed. Nothing is added.</exception>
    public EventPoller<T> NewPoller(StartPosition start = StartPosition.Latest) => _graph.NewPoller(_sequences, start);

    private EventHandlerGroup<T> Behind(Sequence[] sequences) => new(_graph, sequences);

    private EventHandlerGroup<T> With(Sequence[] sequences) => new(_graph, [.. _sequences.Union(sequences)]);
}
