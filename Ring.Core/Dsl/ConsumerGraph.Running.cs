namespace Ring.Core.Dsl;

/// <remarks>
/// This half is for what happens from the start on. Whatever changes the consumers takes its turn: one that is added while others
/// are told to end is either told too, or refused. Thread safety: every member may be called by every thread.
/// </remarks>
internal sealed partial class ConsumerGraph<T>
{
    /// <summary>Held by whoever changes what follows.</summary>
    private readonly Turn _changes = new();

    private Consumer[] _consumers = [];
    private bool _isStarted;
    private bool _isHalted;

    /// <summary>The handlers for which consumers are being made, so that none is added twice.</summary>
    private readonly List<object> _arriving = [];

    private readonly TaskCompletionSource<bool> _halted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All at this moment. Not to be changed.</summary>
    public Consumer[] Consumers
    {
        get
        {
            using Turn.Held turn = _changes.Take();
            return _consumers;
        }
    }

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool IsStarted
    {
        get
        {
            using Turn.Held turn = _changes.Take();
            return _isStarted;
        }
    }

    /// <summary>Those that are not about to leave.</summary>
    public Consumer[] Staying
    {
        get
        {
            using Turn.Held turn = _changes.Take();
            return Array.FindAll(_consumers, consumer => !consumer.IsLeaving);
        }
    }

    /// <summary>Completed once nobody can be added or started any more.</summary>
    public Task Halted => _halted.Task;

    /// <summary>Starts a thread for each consumer.</summary>
    /// <exception cref="InvalidOperationException">
    /// They were started or halted before, or the thread factory is at fault. Nothing is started.
    /// </exception>
    public void Start()
    {
        ThrowIfStarted();
        ThrowIfHalted();
        // The user's code, so without holding up anybody.
        Consumer.CreateThreads(Consumers, threadFactory, ring.Close);

        using Turn.Held turn = _changes.Take();
        ThrowIfStarted();
        ThrowIfHalted();
        _isStarted = true;
        StartThreads();
    }

    /// <summary>Closes the ring; who is not there yet does not come any more.</summary>
    public void Close()
    {
        using Turn.Held turn = _changes.Take();
        ring.Close();
    }

    /// <summary>Closes the ring, and tells all consumers to end, those that are still to be started included.</summary>
    public void Halt()
    {
        Consumer[] halted = End();
        ring.Close();
        Array.ForEach(halted, consumer => consumer.Halt());
        // Threads are started by whoever has the turn, and not after an end: those that have not begun never will.
        Array.ForEach(halted, consumer => consumer.GiveUp());
        _halted.TrySetResult(true);
    }

    /// <summary>Adds a handler to a graph that runs, behind the consumers whose positions are given; returns its position.</summary>
    public Sequence[] AddRunning(Sequence[] upstream, IEventHandler<T> handler, StartPosition start, ConsumerOptions<T> options)
    {
        Reserve(upstream, handler);
        try
        {
            // The user's code, so without holding up anybody.
            Consumer added = Create(handler, upstream, options);
            Consumer.CreateThreads([added], threadFactory, ring.Close);
            TakeInRunning(added, start);
            return added.Sequences;
        }
        finally
        {
            using Turn.Held turn = _changes.Take();
            _arriving.RemoveAll(arriving => ReferenceEquals(arriving, handler));
        }
    }

    /// <summary>A poller behind the consumers whose positions are given.</summary>
    public EventPoller<T> NewPoller(Sequence[] upstream, StartPosition start)
    {
        using Turn.Held turn = _changes.Take();
        ThrowIfRemoved(upstream);
        return ring.NewPoller(start, upstream);
    }

    /// <summary>Who was added for a handler, or is a processor, that shall leave: nobody may come after it any more.</summary>
    /// <exception cref="ArgumentException">It is not known.</exception>
    /// <exception cref="InvalidOperationException">Nothing runs, it leaves already, or others come after it.</exception>
    public Consumer Dismiss(object handler)
    {
        using Turn.Held turn = _changes.Take();
        ThrowUnlessRunning();
        Consumer leaving = Find(handler);
        if (leaving.IsLeaving)
            throw new InvalidOperationException("The handler is being removed already.");
        if (Array.Exists(leaving.Sequences, IsFollowed))
            throw new InvalidOperationException("Other handlers come after this one: remove them first.");
        leaving.IsLeaving = true;
        return leaving;
    }

    /// <summary>Takes a dismissal back: the consumer can be dismissed again.</summary>
    public void Keep(Consumer dismissed)
    {
        using Turn.Held turn = _changes.Take();
        dismissed.IsLeaving = false;
    }

    /// <summary>Takes a consumer out that has ended. Those before it hold up producers now, wherever others stand.</summary>
    public void TakeOut(Consumer ended)
    {
        using Turn.Held turn = _changes.Take();
        ring.ReturnGatingTo(ended.Upstream, ended.Sequences);
        _consumers = Array.FindAll(_consumers, consumer => consumer != ended);
    }

    /// <summary>Whether a consumer will never get past a sequence, and can do nothing now: it is stuck, or one that it comes after is.</summary>
    public bool IsHeldUp(Consumer consumer, long sequence) => IsBlocked(consumer, sequence) && !CanGetOn(consumer);

    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public void ThrowIfStarted()
    {
        if (IsStarted)
            throw new InvalidOperationException("The disruptor was started: configure it before, and start it once.");
    }

    /// <summary>Lets nobody be added or started any more, and returns those who are there.</summary>
    private Consumer[] End()
    {
        using Turn.Held turn = _changes.Take();
        _isHalted = true;
        return _consumers;
    }

    private void ThrowUnlessRunning()
    {
        if (!_isStarted || _isHalted)
            throw new InvalidOperationException($"The disruptor {(_isHalted ? "was halted" : "was not started")}: this is for one that runs.");
    }

    private void ThrowIfHalted()
    {
        using Turn.Held turn = _changes.Take();
        if (_isHalted)
            throw new InvalidOperationException("The disruptor was halted: make a new one.");
    }

    /// <exception cref="RingClosedException">The ring is closed.</exception>
    private void ThrowUnlessOpen()
    {
        ThrowUnlessRunning();
        if (ring.IsClosed)
            throw RingClosedException.For(ring.CloseCause);
    }

    /// <exception cref="InvalidOperationException">One of those with these positions was removed, or is about to be.</exception>
    private void ThrowIfRemoved(Sequence[] upstream)
    {
        if (upstream.Except(Staying.SelectMany(consumer => consumer.Sequences)).Any())
            throw new InvalidOperationException("A handler that this one is to come after was removed.");
    }

    private void Reserve(Sequence[] upstream, IEventHandler<T> handler)
    {
        using Turn.Held turn = _changes.Take();
        ThrowUnlessOpen();
        DistinctHandlers.Check([handler], known => IsKnown(known) || _arriving.Exists(arriving => ReferenceEquals(arriving, known)), nameof(handler));
        ThrowIfRemoved(upstream);
        _arriving.Add(handler);
    }

    private void TakeInRunning(Consumer added, StartPosition start)
    {
        using Turn.Held turn = _changes.Take();
        ThrowUnlessOpen();
        ThrowIfRemoved(added.Upstream);
        ring.AddGatingSequences(start, added.Upstream, added.Sequences);
        StartOrUndo(added);
        TakeIn(added);
    }

    private bool IsBlocked(Consumer consumer, long sequence) =>
        consumer.IsStuckBefore(sequence) || UpstreamOf(consumer).Any(other => IsBlocked(other, sequence));

    /// <summary>Those before it first: what they have let through when they had nothing left to do is all that it can have.</summary>
    private bool CanGetOn(Consumer consumer) => UpstreamOf(consumer).Any(CanGetOn) || consumer.HasWork;

    private IEnumerable<Consumer> UpstreamOf(Consumer consumer) =>
        Consumers.Where(other => other.Sequences.Intersect(consumer.Upstream).Any());

    private bool IsFollowed(Sequence sequence) => Array.Exists(_consumers, consumer => consumer.Upstream.Contains(sequence));

    private void TakeIn(params Consumer[] added)
    {
        using Turn.Held turn = _changes.Take();
        _consumers = [.. _consumers, .. added];
    }

    private void StartThreads()
    {
        try
        {
            Array.ForEach(_consumers, consumer => consumer.Start());
        }
        catch (Exception cause)
        {
            // No memory for another thread: those that wait for the handler that does not run must be told.
            ring.Close(cause);
            Halt();
            throw;
        }
    }

    private void StartOrUndo(Consumer added)
    {
        try
        {
            added.Start();
        }
        catch
        {
            ring.ReturnGatingTo([], added.Sequences);
            throw;
        }
    }
}
