namespace Ring.Core.Dsl;

/// <summary>
/// A ring with its consumers: says who handles the events and in which order, gives each handler a thread, and takes all
/// down again.
/// </summary>
/// <remarks>
/// Thread safety: one thread configures and starts it, and one at a time ends it. The ring that it wires has rules of its
/// own.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class Disruptor<T> : IDisposable
{
    /// <summary>Of an asynchronous shutdown: milliseconds.</summary>
    private const int LookInterval = 1;

    private readonly ConsumerGraph<T> _graph;
    private readonly EventHandlerGroup<T> _nobody;
    private readonly Func<ThreadStart, Thread> _threadFactory;
    private AtomicFlag _halted;

    /// <summary>A ring without consumers.</summary>
    /// <param name="factory">Makes the events; called once for each slot, here and now.</param>
    /// <param name="bufferSize">Slots: a power of two from 1 to 2^30.</param>
    /// <param name="threadFactory">
    /// Makes a thread that runs what it is given, and does not start it; when null, background threads.
    /// </param>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="waitStrategy">How consumers wait; a new <see cref="BlockingWaitStrategy"/> when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or the producer type is outside its range.</exception>
    public Disruptor(
        Func<T> factory,
        int bufferSize,
        Func<ThreadStart, Thread>? threadFactory = null,
        ProducerType producerType = ProducerType.Multi,
        IWaitStrategy? waitStrategy = null)
    {
        RingBuffer = Core.RingBuffer.Create(producerType, factory, bufferSize, waitStrategy);
        _threadFactory = threadFactory ?? BackgroundThread;
        _graph = new ConsumerGraph<T>(RingBuffer);
        _nobody = new EventHandlerGroup<T>(_graph, []);
    }

    /// <summary>The ring, to publish into.</summary>
    public RingBuffer<T> RingBuffer { get; }

    /// <summary>The ring's slots.</summary>
    public int BufferSize => RingBuffer.BufferSize;

    /// <summary>How far the ring is, see <see cref="RingBuffer{T}.Cursor"/>.</summary>
    public long Cursor => RingBuffer.Cursor;

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool HasStarted => _graph.IsComplete;

    /// <summary>
    /// Whether there are claimed events that some handler has not handled yet. Stale when it returns; asked by the thread that
    /// configures the disruptor, or by every thread once it is started.
    /// </summary>
    public bool HasBacklog
    {
        get
        {
            long claimed = RingBuffer.Claimed;
            return Consumers.Any(consumer => consumer.IsBehind(claimed));
        }
    }

    /// <summary>
    /// Completed when all handlers' threads have ended, so never before <see cref="Start"/>. Failed when the ring was closed for
    /// a cause by then, such as the exception of a handler that died; to be awaited, or looked at, by whoever wants to know.
    /// </summary>
    public Task Completion => Task.WhenAll(Consumers.SelectMany(consumer => consumer.Ends));

    private IReadOnlyList<Consumer> Consumers => _graph.Consumers;

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
    /// <param name="handlers">One or more; of a worker pool one stands for all.</param>
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

    /// <summary>How far a handler is. Stale when it returns.</summary>
    /// <param name="handler">A handler that was added; of a worker pool it stands for all the workers.</param>
    /// <returns>The last sequence that it has handled; <see cref="Sequence.Initial"/> when there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException">The handler was not added.</exception>
    public long GetSequenceValueFor(object handler) =>
        GatingSequences.Minimum(_graph.SequencesOf([handler ?? throw new ArgumentNullException(nameof(handler))]), long.MaxValue);

    /// <summary>
    /// Starts a thread for each handler. What was published before is handled first.
    /// </summary>
    /// <returns>The ring, to publish into.</returns>
    /// <exception cref="InvalidOperationException">
    /// It was started or halted before, or the thread factory returned null, a started thread, or one thread twice. Nothing
    /// is started.
    /// </exception>
    public RingBuffer<T> Start()
    {
        _graph.ThrowIfComplete();
        // HALT acquire: what the halting thread did before; pairs with Disruptor.Halt.
        if (_halted.ReadAcquire())
            throw new InvalidOperationException("The disruptor was halted: make a new one.");
        Consumer.CreateThreads(Consumers, _threadFactory, CloseFor);
        _graph.Complete();
        StartThreads();
        return RingBuffer;
    }

    /// <summary>
    /// Closes the ring, waits as long as it takes until every handler has handled everything, and ends the threads. What is
    /// claimed must be published for that.
    /// </summary>
    /// <returns>Whether everything was handled; false when a handler died or was halted before.</returns>
    /// <exception cref="InvalidOperationException">Called by one of the handlers, which would wait for itself.</exception>
    public bool Shutdown() => Shutdown(Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Closes the ring, waits until every handler has handled everything that was claimed before, and ends the threads.
    /// </summary>
    /// <param name="timeout">
    /// How long to wait at most: zero or more and at most <see cref="int.MaxValue"/> milliseconds, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <returns>
    /// True when everything was handled and the threads have ended. False when a handler died, see
    /// <see cref="RingBuffer{T}.CloseCause"/>, or was halted with events left, or when the time was not enough: then the ring
    /// stays closed, and handlers that have events left go on until another <see cref="Shutdown(TimeSpan)"/> or
    /// <see cref="Halt"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is outside its range. Nothing happens.</exception>
    /// <exception cref="InvalidOperationException">Called by one of the handlers, which would wait for itself.</exception>
    public bool Shutdown(TimeSpan timeout)
    {
        Deadline.Check(timeout, nameof(timeout));
        ThrowIfOnHandlerThread(nameof(Shutdown));

        RingBuffer.Close();
        Deadline deadline = Deadline.After(timeout);
        SpinWait spinner = default;
        // Decided here and not again at the end: a claim that shows up later is one that is being refused.
        bool handled;
        while (!(handled = !HasBacklog) && !IsStuck)
        {
            if (deadline.HasPassed)
                return false;
            spinner.SpinOnce();
        }

        Halt();
        return Join(deadline) && handled;
    }

    /// <summary>
    /// Closes the ring, waits without blocking a thread until every handler has handled everything that was claimed before, and
    /// halts them: then, or when the time is over.
    /// </summary>
    /// <param name="timeout">
    /// How long to wait at most, for the threads to end too: zero or more and at most <see cref="int.MaxValue"/> milliseconds, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <returns>
    /// How many sequences are left that the slowest handler has not handled; 0 when everything was handled. Not final as long as
    /// <see cref="Completion"/> is not completed, because a handler is still at its last batch.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is outside its range. Nothing happens.</exception>
    public Task<long> ShutdownAsync(TimeSpan timeout)
    {
        Deadline.Check(timeout, nameof(timeout));
        RingBuffer.Close();
        return DrainAsync(Deadline.After(timeout));
    }

    /// <summary>
    /// Closes the ring and tells every handler to stop after the batch in hand; does not wait for that. What is left in the
    /// ring is not handled.
    /// </summary>
    public void Halt()
    {
        // HALT release: nothing may be started any more; pairs with Disruptor.Start.
        _halted.WriteRelease(true);
        RingBuffer.Close();
        foreach (Consumer consumer in Consumers)
            consumer.Halt();
    }

    /// <summary>
    /// As <see cref="Halt"/>, and waits until the threads have ended: no handler runs any more. To lose nothing, call
    /// <see cref="Shutdown()"/> first.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called by one of the handlers, which would wait for itself.</exception>
    public void Dispose()
    {
        ThrowIfOnHandlerThread(nameof(Dispose));
        Halt();
        Join(Deadline.Never);
    }

    private static async Task WaitAsync(Func<bool> isOver, Deadline deadline)
    {
        while (!isOver() && !deadline.HasPassed)
            await Task.Delay(LookInterval).ConfigureAwait(false);
    }

    private async Task<long> DrainAsync(Deadline deadline)
    {
        await WaitAsync(() => !HasBacklog || IsStuck, deadline).ConfigureAwait(false);
        Halt();
        await WaitAsync(() => Consumers.All(consumer => consumer.HasEnded), deadline).ConfigureAwait(false);
        // The cursor first: what is handled only grows.
        long cursor = RingBuffer.Cursor;
        return Consumers.Aggregate(0L, (most, consumer) => Math.Max(most, consumer.LeftOf(cursor)));
    }

    private static Thread BackgroundThread(ThreadStart run) => new(run) { IsBackground = true, Name = $"Ring {typeof(T).Name}" };

    /// <summary>
    /// Whether the backlog will never be handled, because a consumer that is behind does not run. Asked of the cursor: a single
    /// producer's claim that lies beyond it may be one that is being refused, and nothing is left then.
    /// </summary>
    private bool IsStuck
    {
        get
        {
            long cursor = RingBuffer.Cursor;
            return Consumers.Any(consumer => consumer.IsStuckBefore(cursor));
        }
    }

    private void StartThreads()
    {
        try
        {
            foreach (Consumer consumer in Consumers)
                consumer.Start();
        }
        catch (Exception cause)
        {
            // No memory for another thread: those that wait for the handler that does not run must be told.
            RingBuffer.Close(cause);
            Halt();
            throw;
        }
    }

    /// <summary>Told what a processor of the user's has thrown; the others close the ring by themselves.</summary>
    private Exception? CloseFor(Exception? thrown)
    {
        if (thrown is not null)
            RingBuffer.Close(thrown);
        return RingBuffer.CloseCause;
    }

    private bool Join(Deadline deadline) => Consumers.All(consumer => consumer.Join(deadline));

    private void ThrowIfOnHandlerThread(string operation)
    {
        if (Consumers.Any(consumer => consumer.IsCurrentThread))
            throw new InvalidOperationException($"{operation} was called by a handler: it would wait for itself.");
    }
}
