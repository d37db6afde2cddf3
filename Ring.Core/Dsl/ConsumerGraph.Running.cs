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

    /// <summary>Starts a thread for each consumer.</summary>
    /// <exception cref="InvalidOperationException">
    /// They were started or halted before, or the thread factory is at fault. Nothing is started.
    /// </exception>
    public void Start()
    {
        using Turn.Held turn = _changes.Take();
        ThrowIfStarted();
        if (_isHalted)
            throw new InvalidOperationException("The disruptor was halted: make a new one.");
        Consumer.CreateThreads(_consumers, threadFactory, CloseFor);
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
    }

    /// <summary>Adds a handler to a graph that runs, behind the consumers whose positions are given; returns its position.</summary>
    public Sequence[] AddRunning(Sequence[] upstream, IEventHandler<T> handler, StartPosition start, ConsumerOptions<T> options)
    {
        using Turn.Held turn = _changes.Take();
        ThrowUnlessRunning();
        if (ring.IsClosed)
            throw RingClosedException.For(ring.CloseCause);
        DistinctHandlers.Check([handler], IsKnown, nameof(handler));
        if (upstream.Except(_consumers.Where(consumer => !consumer.IsLeaving).SelectMany(consumer => consumer.Sequences)).Any())
            throw new InvalidOperationException("A handler that this one is to come after was removed.");

        Consumer added = Create(handler, upstream, options);
        Consumer.CreateThreads([added], threadFactory, CloseFor);
        ring.AddGatingSequences(start, added.Sequences);
        StartOrUndo(added);
        TakeIn(added);
        return added.Sequences;
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

    /// <summary>Takes a consumer out that has ended. Those before it hold up producers now, as far as nobody else comes after them.</summary>
    public void TakeOut(Consumer ended)
    {
        using Turn.Held turn = _changes.Take();
        _consumers = Array.FindAll(_consumers, consumer => consumer != ended);
        ring.ReturnGatingTo(Array.FindAll(ended.Upstream, sequence => !IsFollowed(sequence)), ended.Sequences);
    }

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

    /// <summary>Told what a processor of the user's has thrown; the others close the ring by themselves.</summary>
    private Exception? CloseFor(Exception? thrown)
    {
        if (thrown is not null)
            ring.Close(thrown);
        return ring.CloseCause;
    }
}
