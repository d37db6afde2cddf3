namespace Ring.Core.Dsl;

/// <content>Who handles the events, and in which order.</content>
public sealed partial class Disruptor<T>
{
    /// <summary>
    /// Sets what happens when a handler throws, for all handlers that have no exception handler of their own, those to come
    /// included; <see cref="FatalExceptionHandler{T}"/> until then.
    /// </summary>
    /// <param name="exceptionHandler">The new one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exceptionHandler"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public void SetDefaultExceptionHandler(IExceptionHandler<T> exceptionHandler) =>
        _graph.SetDefaultExceptionHandler(exceptionHandler);

    /// <summary>Sets what happens when one handler throws.</summary>
    /// <param name="handler">A handler that was added; of a worker pool it stands for all the workers.</param>
    /// <param name="exceptionHandler">The new one.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The handler was not added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public void SetExceptionHandler(object handler, IExceptionHandler<T> exceptionHandler) =>
        _graph.SetExceptionHandler(handler, exceptionHandler);

    /// <summary>Adds handlers that see every event, each on a thread of its own and at its own pace.</summary>
    /// <param name="handlers">One or more, each for the first time.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one was added before. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith(params IEventHandler<T>[] handlers) => _nobody.Then(handlers);

    /// <summary>Adds a handler that sees every event, on a thread of its own.</summary>
    /// <param name="handler">The handler, for the first time.</param>
    /// <param name="options">How it is to be treated; read here and now.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">The handler was added before. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith(IEventHandler<T> handler, ConsumerOptions<T> options) => _nobody.Then(handler, options);

    /// <summary>
    /// Adds a handler that is a struct and sees every event, on a thread of its own: the JIT can inline it, see
    /// <see cref="BatchEventProcessor.Create{T, THandler}"/>.
    /// </summary>
    /// <param name="handler">The handler; it is copied.</param>
    /// <param name="options">How it is to be treated; read here and now, nothing special when null.</param>
    /// <typeparam name="THandler">The type of the handler.</typeparam>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith<THandler>(THandler handler, ConsumerOptions<T>? options = null)
        where THandler : struct, IEventHandler<T> => _nobody.Then(handler, options);

    /// <summary>Adds delegates that see every event, each on a thread of its own and at its own pace.</summary>
    /// <param name="handlers">One or more.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith(params EventAction<T>[] handlers) => _nobody.Then(handlers);

    /// <summary>Adds processors of your own, each on a thread of its own; they gate the ring.</summary>
    /// <param name="factories">One or more; called here and now.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one stands there twice. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">
    /// The disruptor was started, or a factory returned null. Nothing is added.
    /// </exception>
    public EventHandlerGroup<T> HandleEventsWith(params EventProcessorFactory<T>[] factories) => _nobody.Then(factories);

    /// <summary>Adds processors of your own, each on a thread of its own; they gate the ring.</summary>
    /// <param name="processors">One or more, each for the first time, over a barrier of this ring.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one was added before. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith(params IEventProcessor[] processors) => new(_graph, _graph.Add(processors));

    /// <summary>
    /// Adds handlers that share the events: each event goes to exactly one of them, see <see cref="WorkerPool{T}"/>. Each has a
    /// thread of its own.
    /// </summary>
    /// <param name="handlers">One or more, each for the first time.</param>
    /// <returns>The group, to put others after it: they see an event once the worker that took it is done.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one was added before. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWithWorkerPool(params IWorkHandler<T>[] handlers) =>
        _nobody.ThenHandleEventsWithWorkerPool(handlers);

    /// <summary>The group of handlers that were added before, one by one or together, to put others after it.</summary>
    /// <param name="handlers">
    /// One or more. What was added as a delegate or a struct has no name: keep the group that adding it returned, or wrap a delegate
    /// in a <see cref="DelegateEventHandler{T}"/>.
    /// </param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    /// <exception cref="ArgumentException">There is none, one stands there twice, or one was not added before.</exception>
    public EventHandlerGroup<T> After(params IEventHandler<T>[] handlers) => new(_graph, _graph.SequencesOf(handlers));

    /// <summary>The group of processors that were added before, to put others after it.</summary>
    /// <param name="processors">One or more.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    /// <exception cref="ArgumentException">There is none, one stands there twice, or one was not added before.</exception>
    public EventHandlerGroup<T> After(params IEventProcessor[] processors) => new(_graph, _graph.SequencesOf(processors));
}
