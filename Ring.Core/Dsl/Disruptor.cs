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
    private readonly List<Consumer<T>> _consumers = [];
    private readonly Func<ThreadStart, Thread> _threadFactory;
    private IExceptionHandler<T> _exceptionHandler = new FatalExceptionHandler<T>();
    private bool _started;
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
    }

    /// <summary>The ring, to publish into.</summary>
    public RingBuffer<T> RingBuffer { get; }

    /// <summary>Sets what happens when a handler throws, for the handlers that are added from now on.</summary>
    /// <param name="exceptionHandler">The new one; <see cref="FatalExceptionHandler{T}"/> until then.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exceptionHandler"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public void SetDefaultExceptionHandler(IExceptionHandler<T> exceptionHandler)
    {
        ThrowIfStarted();
        _exceptionHandler = exceptionHandler ?? throw new ArgumentNullException(nameof(exceptionHandler));
    }

    /// <summary>Adds handlers that see every event, each on a thread of its own and at its own pace.</summary>
    /// <param name="handlers">One or more, each for the first time.</param>
    /// <returns>The group, to put others after it.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">There is none, or one was added before. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public EventHandlerGroup<T> HandleEventsWith(params IEventHandler<T>[] handlers) => Add([], handlers);

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
        ThrowIfStarted();
        // HALT acquire: what the halting thread did before; pairs with Disruptor.Halt.
        if (_halted.ReadAcquire())
            throw new InvalidOperationException("The disruptor was halted: make a new one.");
        List<Thread> threads = _consumers.ConvertAll(consumer => consumer.CreateThread(_threadFactory));
        if (threads.Distinct().Count() != threads.Count)
            throw new InvalidOperationException("The thread factory returned one thread twice.");
        _started = true;
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
    /// Closes the ring and tells every handler to stop after the batch in hand; does not wait for that. What is left in the
    /// ring is not handled.
    /// </summary>
    public void Halt()
    {
        // HALT release: nothing may be started any more; pairs with Disruptor.Start.
        _halted.WriteRelease(true);
        RingBuffer.Close();
        foreach (Consumer<T> consumer in _consumers)
            consumer.Processor.Halt();
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

    /// <summary>Adds a processor for each handler behind the consumers whose positions are given.</summary>
    internal EventHandlerGroup<T> Add(Sequence[] upstream, IEventHandler<T>[] handlers)
    {
        ThrowIfStarted();
        Check(handlers);
        Consumer<T>[] added = Array.ConvertAll(handlers, handler => CreateConsumer(upstream, handler));
        _consumers.AddRange(added);
        Sequence[] sequences = Array.ConvertAll(added, consumer => consumer.Processor.Sequence);
        Gate(upstream, sequences);
        return new EventHandlerGroup<T>(this, sequences);
    }

    private static Thread BackgroundThread(ThreadStart run) => new(run) { IsBackground = true, Name = $"Ring {typeof(T).Name}" };

    private bool HasBacklog
    {
        get
        {
            long claimed = RingBuffer.Claimed;
            return _consumers.Exists(consumer => consumer.IsBehind(claimed));
        }
    }

    /// <summary>
    /// Whether the backlog will never be handled, because a consumer that is behind does not run. Asked of the cursor: a single
    /// producer's claim that lies beyond it may be one that is being refused, and nothing is left then.
    /// </summary>
    private bool IsStuck
    {
        get
        {
            long cursor = RingBuffer.Cursor;
            return _consumers.Exists(consumer => consumer.IsStuckBefore(cursor));
        }
    }

    private void StartThreads()
    {
        try
        {
            foreach (Consumer<T> consumer in _consumers)
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

    private Consumer<T> CreateConsumer(Sequence[] upstream, IEventHandler<T> handler)
    {
        BatchEventProcessor<T> processor = new(RingBuffer, RingBuffer.NewBarrier(upstream), handler);
        processor.SetExceptionHandler(_exceptionHandler);
        return new Consumer<T>(handler, processor);
    }

    /// <summary>Only the ends of the chains gate: whoever comes after others is never ahead of them.</summary>
    private void Gate(Sequence[] upstream, Sequence[] added)
    {
        if (upstream.Length == 0)
        {
            RingBuffer.AddGatingSequences(added);
            return;
        }

        // Nothing runs yet, so the new ones begin exactly where those before them begin.
        long start = GatingSequences.Minimum(upstream, long.MaxValue);
        foreach (Sequence sequence in added)
            sequence.Set(start);
        RingBuffer.ReplaceGatingSequences(upstream, added);
    }

    private void Check(IEventHandler<T>[] handlers)
    {
        if (handlers is null)
            throw new ArgumentNullException(nameof(handlers));
        if (handlers.Length == 0)
            throw new ArgumentException("There must be at least one handler.", nameof(handlers));
        for (int i = 0; i < handlers.Length; i++)
        {
            IEventHandler<T> handler = handlers[i] ?? throw new ArgumentNullException(nameof(handlers), $"Handler {i} is null.");
            bool known = Array.FindIndex(handlers, other => ReferenceEquals(other, handler)) < i
                || _consumers.Exists(consumer => ReferenceEquals(consumer.Handler, handler));
            if (known)
                throw new ArgumentException($"Handler {i}, a {handler.GetType().Name}, was added before: two threads would share it.", nameof(handlers));
        }
    }

    private bool Join(Deadline deadline) => _consumers.TrueForAll(consumer => consumer.Join(deadline));

    private void ThrowIfStarted()
    {
        if (_started)
            throw new InvalidOperationException("The disruptor was started: configure it before, and start it once.");
    }

    private void ThrowIfOnHandlerThread(string operation)
    {
        if (_consumers.Exists(consumer => consumer.IsCurrentThread))
            throw new InvalidOperationException($"{operation} was called by a handler: it would wait for itself.");
    }
}
