namespace Ring.Core;

/// <summary>Workers that share the events: each event goes to exactly one of them, whichever is free.</summary>
/// <remarks>
/// <para>
/// Each worker sees its own events in ascending order, but they are handled side by side: a later one may be done before an
/// earlier one. Events that were given up go to nobody. Handlers may be <see cref="ILifecycleAware"/>,
/// <see cref="ITimeoutHandler"/> and <see cref="IEventReleaseAware"/>.
/// </para>
/// <para>
/// A worker that waits or was halted holds up nobody, unless it was halted between two attempts at an event. One that dies,
/// because an exception left the exception handler, closes the ring with it as <see cref="RingBuffer{T}.CloseCause"/>. In both
/// cases the event is not passed by, the other workers go on, and when the pool is started again, that event comes first.
/// </para>
/// <para>
/// Thread safety: one thread at a time starts and drains the pool and asks whether it runs; every thread may call the rest at
/// any time.
/// </para>
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class WorkerPool<T>
{
    private readonly RingBuffer<T> _ring;
    private readonly WorkProcessor<T>[] _workers;

    /// <summary>A pool that does not run yet, with a worker for each handler. It does not gate the ring by itself.</summary>
    /// <param name="ring">Where the events are.</param>
    /// <param name="dependencies">The positions of the consumers to wait for; none for what is published.</param>
    /// <param name="exceptionHandler">What happens when a handler throws.</param>
    /// <param name="handlers">One or more, each for the first time.</param>
    /// <exception cref="ArgumentNullException">An argument or an element of an array is null.</exception>
    /// <exception cref="ArgumentException">There is no handler, or one stands there twice.</exception>
    public WorkerPool(
        RingBuffer<T> ring,
        Sequence[] dependencies,
        IExceptionHandler<T> exceptionHandler,
        params IWorkHandler<T>[] handlers)
    {
        _ring = ring ?? throw new ArgumentNullException(nameof(ring));
        if (exceptionHandler is null)
            throw new ArgumentNullException(nameof(exceptionHandler));
        DistinctHandlers.Check(handlers, isKnown: _ => false);
        SequenceBarrier[] barriers = Array.ConvertAll(handlers, _ => ring.NewBarrier(dependencies));

        // What is taken first: its workers' positions mean nothing to those who have not read that before.
        Sequence[] sequences = Sequence.NewGroup(1 + handlers.Length);
        _workers = new WorkProcessor<T>[handlers.Length];
        for (int i = 0; i < handlers.Length; i++)
        {
            _workers[i] = new WorkProcessor<T>(ring, barriers[i], handlers[i], taken: sequences[0], position: sequences[i + 1]);
            _workers[i].SetExceptionHandler(exceptionHandler);
        }

        Sequences = Array.AsReadOnly(sequences);
        Consumer = new Consumer(handlers, _workers, sequences, dependencies);
    }

    /// <summary>
    /// How far the pool is, for <see cref="RingBuffer{T}.AddGatingSequences(Sequence[])"/> and <see cref="RingBuffer{T}.NewBarrier"/>:
    /// the least of these positions, if they are read in their order. To give one of them is to give all.
    /// </summary>
    public IReadOnlyList<Sequence> Sequences { get; }

    /// <summary>Whether there are threads of this pool that have not ended, be it only because they were just started.</summary>
    public bool IsRunning => !Consumer.HasEnded;

    /// <summary>
    /// Whether there are claimed events that are not handled yet. Stale when it returns; one that a halted pool left counts.
    /// </summary>
    public bool HasBacklog => Consumer.IsBehind(_ring.Claimed);

    internal Consumer Consumer { get; }

    /// <summary>
    /// Starts a thread for each worker. They go on where the pool is: what was published before, but after the pool was made to
    /// gate the ring, is handled first. After a halt the pool may be started again.
    /// </summary>
    /// <param name="threadFactory">Makes a thread that runs what it is given, and does not start it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="threadFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The pool runs, or has been halted and <see cref="IsRunning"/> is not false yet; or the thread factory returned null, a
    /// started thread, or one thread twice. Nothing is started.
    /// </exception>
    public void Start(Func<ThreadStart, Thread> threadFactory)
    {
        if (threadFactory is null)
            throw new ArgumentNullException(nameof(threadFactory));
        if (IsRunning)
            throw new InvalidOperationException("The pool is running already, or has been halted and not all of its threads have ended yet.");
        // Those who died or never ran have not seen the last halt, and it was not for this run.
        Array.ForEach(_workers, worker => worker.ClearHalt());
        Consumer.CreateThreads([Consumer], threadFactory, _ring.Close);
        try
        {
            Consumer.Start();
        }
        catch (Exception cause)
        {
            // No memory for another thread: as in the disruptor, those that wait must be told.
            _ring.Close(cause);
            Halt();
            throw;
        }
    }

    /// <summary>
    /// Waits until the pool has handled everything that is in the ring now, halts it, and waits until its threads have ended. What
    /// is claimed must be published for that; later events are left unless a worker gets to them before. Where a worker has died, the
    /// others handle what they can. <see cref="Halt"/> cuts it short.
    /// </summary>
    /// <returns>Whether everything was handled; false when something is left, because a worker died, or the pool was halted before or does not run.</returns>
    /// <exception cref="InvalidOperationException">Called by one of the handlers, which would wait for itself.</exception>
    public bool DrainAndHalt()
    {
        if (Consumer.IsCurrentThread)
            throw new InvalidOperationException($"{nameof(DrainAndHalt)} was called by a handler: it would wait for itself.");
        long last = _ring.Cursor;
        SpinWait spinner = default;
        bool handled;
        while (!(handled = !Consumer.IsBehind(last)) && (!Consumer.IsStuckBefore(last) || Consumer.HasWork))
            spinner.SpinOnce();
        Halt();
        Consumer.Join(Deadline.Never);
        return handled;
    }

    /// <summary>
    /// Tells each worker to stop after the event in hand; does not wait for that. Nothing is lost: what no worker has taken is
    /// there when the pool is started again. Does nothing when the pool does not run.
    /// </summary>
    public void Halt() => Consumer.Halt();
}
