using System.Runtime.ExceptionServices;

namespace Ring.Core.Dsl;

/// <summary>
/// A ring with its consumers: says who handles the events and in which order, gives each handler a thread, and takes all
/// down again.
/// </summary>
/// <remarks>
/// Thread safety: one thread configures and starts it. From then on every thread may add and remove handlers and end it; of those
/// who wait for an end, one at a time. The ring that it wires has rules of its own.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed partial class Disruptor<T> : IDisposable
{
    /// <summary>Between two looks of those who wait without blocking a thread: milliseconds.</summary>
    private const int LookInterval = 1;

    private readonly ConsumerGraph<T> _graph;
    private readonly EventHandlerGroup<T> _nobody;

    /// <summary>A ring without consumers.</summary>
    /// <param name="factory">Makes the events; called once for each slot, here and now.</param>
    /// <param name="bufferSize">Slots: a power of two from 1 to 2^30.</param>
    /// <param name="threadFactory">
    /// Makes a thread that runs what it is given, and does not start it; called by whoever starts the disruptor or adds a handler, which
    /// several threads may do at a time. When null, background threads.
    /// </param>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="waitStrategy">How consumers wait; a new <see cref="BlockingWaitStrategy"/> when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="factory"/> returned null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or the producer type is outside its range.</exception>
    public Disruptor(
        Func<T> factory,
        int bufferSize,
        Func<ThreadStart, Thread>? threadFactory = null,
        ProducerType producerType = ProducerType.Multi,
        IWaitStrategy? waitStrategy = null)
    {
        RingBuffer = Core.RingBuffer.Create(producerType, factory, bufferSize, waitStrategy);
        _graph = new ConsumerGraph<T>(RingBuffer, threadFactory ?? BackgroundThread);
        _nobody = new EventHandlerGroup<T>(_graph, []);
    }

    /// <summary>The ring, to publish into.</summary>
    public RingBuffer<T> RingBuffer { get; }

    /// <summary>The ring's slots.</summary>
    public int BufferSize => RingBuffer.BufferSize;

    /// <summary>How far the ring is, see <see cref="RingBuffer{T}.Cursor"/>.</summary>
    public long Cursor => RingBuffer.Cursor;

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool HasStarted => _graph.IsStarted;

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
    /// Completed when the threads of all handlers have ended, those that were added meanwhile included; without handlers, when the
    /// disruptor is halted. Failed when the ring was closed for a cause by then, such as the exception of a handler that died; to be
    /// awaited, or looked at, by whoever wants to know.
    /// </summary>
    public Task Completion => CompleteAsync();

    private Consumer[] Consumers => _graph.Consumers;

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
        _graph.Start();
        return RingBuffer;
    }

    /// <summary>
    /// Closes the ring, waits as long as it takes until every handler has handled everything, and ends the threads. What is
    /// claimed must be published for that.
    /// </summary>
    /// <returns>Whether everything was handled; false when something is left, because a handler died or was halted before.</returns>
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
    /// <see cref="RingBuffer{T}.CloseCause"/>, or was halted with events left: of those who live and were not halted, each has handled what the
    /// dead ones let it have.
    /// False, too, when the time was not enough: then the ring stays closed, and handlers that have events left go on until another
    /// <see cref="Shutdown(TimeSpan)"/> or <see cref="Halt"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is outside its range. Nothing happens.</exception>
    /// <exception cref="InvalidOperationException">Called by one of the handlers, which would wait for itself.</exception>
    public bool Shutdown(TimeSpan timeout)
    {
        Deadline.Check(timeout, nameof(timeout));
        ThrowIfOnHandlerThread(nameof(Shutdown));

        _graph.Close();
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
    /// How many sequences there are from the first that the slowest handler has not handled, of which a pool may have handled some; 0
    /// when everything was handled. Not final as long as <see cref="Completion"/> is not completed, because a handler is still at its
    /// last batch.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is outside its range. Nothing happens.</exception>
    public Task<long> ShutdownAsync(TimeSpan timeout)
    {
        Deadline.Check(timeout, nameof(timeout));
        _graph.Close();
        return DrainAsync(Deadline.After(timeout));
    }

    /// <summary>
    /// Closes the ring and tells every handler to stop after the batch in hand; does not wait for that. What is left in the
    /// ring is not handled.
    /// </summary>
    public void Halt() => _graph.Halt();

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

    private async Task CompleteAsync()
    {
        Consumer[] seen;
        do
        {
            // Who is being removed ends a moment before it is gone.
            while (_graph.Staying.Length < Consumers.Length)
                await Task.Delay(LookInterval).ConfigureAwait(false);
            seen = Consumers;
            await (seen.Length == 0 ? _graph.Halted : Task.WhenAll(seen.SelectMany(consumer => consumer.Ends))).ConfigureAwait(false);
        }
        while (!ReferenceEquals(seen, Consumers) || _graph.Staying.Length < seen.Length);

        if (RingBuffer.CloseCause is { } cause)
            ExceptionDispatchInfo.Capture(cause).Throw();
    }

    private async Task<long> DrainAsync(Deadline deadline)
    {
        bool isDecided = false;
        await WaitAsync(() => isDecided = !HasBacklog || IsStuck, deadline).ConfigureAwait(false);
        Halt();
        await WaitAsync(() => Consumers.All(consumer => consumer.HasEnded), deadline).ConfigureAwait(false);
        // The end first: what is handled only grows. Beyond the cursor may lie a claim of a single producer: where only the time was over,
        // one that nobody has published; else perhaps one that was being refused, and does not decide whether something is left.
        long end = isDecided ? RingBuffer.Cursor : RingBuffer.Claimed;
        return Consumers.Aggregate(0L, (most, consumer) => Math.Max(most, consumer.LeftOf(end)));
    }

    private static Thread BackgroundThread(ThreadStart run) => new(run) { IsBackground = true, Name = $"Ring {typeof(T).Name}" };

    /// <summary>
    /// Whether the backlog will never be handled, because a consumer that is behind does not run, and nobody else can do anything now.
    /// Asked of the cursor: a single producer's claim that lies beyond it may be one that is being refused, and nothing is left then.
    /// </summary>
    private bool IsStuck
    {
        get
        {
            long cursor = RingBuffer.Cursor;
            // Asked again of one that looks stuck: it may have ended because it was removed meanwhile.
            bool isHeldUp = _graph.Staying.Any(consumer => consumer.IsStuckBefore(cursor) && _graph.Staying.Contains(consumer));
            // In the order in which they were added: those before one have nothing left to let through by the time that it is asked.
            return isHeldUp && !_graph.Staying.Any(consumer => consumer.HasWork);
        }
    }

    private bool Join(Deadline deadline) => Consumers.All(consumer => consumer.Join(deadline));

    private void ThrowIfOnHandlerThread(string operation)
    {
        if (Consumers.Any(consumer => consumer.IsCurrentThread))
            throw new InvalidOperationException($"{operation} was called by a handler: it would wait for itself.");
    }
}
