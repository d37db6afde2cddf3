namespace Ring.Core;

/// <summary>
/// One worker of a pool: takes the next event that none of the others has taken, as soon as there is one, and hands it to its
/// handler.
/// </summary>
/// <remarks>
/// <para>
/// Its position is one less than the event that it may have in hand, and beyond every event while it has none: a worker that
/// waits, or does not run, holds up nobody. So the positions of all workers say nothing without what the pool has taken, and
/// that must be read first: see docs/decisions/0006-worker-pool.md.
/// </para>
/// <para>
/// An event is taken only when it is there. A worker that is halted while it waits has nothing to give back, and one that dies
/// keeps the event in hand: later stages and producers never pass it, and the next run begins with it.
/// </para>
/// <para>Thread safety: <see cref="Run"/> is for one thread at a time; every thread may call the rest at any time.</para>
/// </remarks>
internal sealed class WorkProcessor<T> : IEventProcessor, IEventReleaser, IReportsFailures<T>, IReportsWork
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly IWorkHandler<T> _handler;
    private readonly ProcessorRun<T> _run;
    private readonly Skips<T> _skips;

    /// <summary>The highest sequence that any worker of the pool has taken.</summary>
    private readonly Sequence _taken;

    /// <summary>The event that this worker has taken last; only the running thread uses it.</summary>
    private long _current = Sequence.Initial;

    /// <summary>Whether some of what was let through may have to be passed by; only the running thread uses it.</summary>
    private bool _passesBy;

    /// <summary>Whether it is not done with that event; only the running thread uses it.</summary>
    private bool _isInHand;

    /// <param name="ring">Where the events are.</param>
    /// <param name="barrier">What to wait for; made for this worker alone.</param>
    /// <param name="handler">What to do.</param>
    /// <param name="taken">What the workers of the pool share.</param>
    /// <param name="position">Of this worker: a member of the same group.</param>
    public WorkProcessor(RingBuffer<T> ring, SequenceBarrier barrier, IWorkHandler<T> handler, Sequence taken, Sequence position)
    {
        _ring = ring;
        _barrier = barrier;
        _handler = handler;
        _taken = taken;
        Sequence = position;
        _run = new ProcessorRun<T>(ring, barrier, handler, position);
        _skips = new Skips<T>(ring, barrier, position);
        (handler as IEventReleaseAware)?.SetEventReleaser(this);
    }

    /// <inheritdoc/>
    public Sequence Sequence { get; }

    /// <inheritdoc/>
    public bool IsRunning => _run.IsRunning;

    /// <inheritdoc/>
    // What is taken first, as by all who ask for the position of a worker.
    public bool HasWork => _taken.Value is var taken && (Sequence.Value < taken || _barrier.HighestAvailable(taken + 1) > taken);

    /// <inheritdoc/>
    public void SetExceptionHandler(IExceptionHandler<T> exceptionHandler) => _run.ExceptionHandler = exceptionHandler;

    /// <inheritdoc/>
    public void Run() => _run.Run(HandleEvents);

    /// <inheritdoc/>
    public void Halt() => _barrier.Alert();

    /// <summary>Takes back a halt that no run has seen; only while none can begin.</summary>
    public void ClearHalt() => _barrier.ClearAlert();

    /// <inheritdoc/>
    public void Release()
    {
        if (!_isInHand)
            return;
        _isInHand = false;
        LetGo();
    }

    private void HandleEvents()
    {
        try
        {
            // What a run that died has left.
            if (_isInHand)
                Handle();
            HandleUntilAlerted();
        }
        finally
        {
            if (!_isInHand)
                LetGo();
        }
    }

    private void HandleUntilAlerted()
    {
        long available = Sequence.Initial;
        while (!_barrier.IsAlerted)
        {
            long taken = _taken.Value;
            if (taken >= available)
                available = Await(taken + 1);
            else if (TryTake(taken))
                Handle();
        }
    }

    /// <summary>Waits, and returns up to where there is something to take; <see cref="Sequence.Initial"/> when there is nothing.</summary>
    private long Await(long next)
    {
        LetGo();
        WaitResult result = _barrier.WaitFor(next);
        if (result.IsTimedOut)
            _run.NotifyTimeout(_current);
        _passesBy = _skips.Any;
        return result.IsAvailable ? result.Sequence : Sequence.Initial;
    }

    /// <summary>Takes the event behind <paramref name="taken"/>, unless another worker has.</summary>
    private bool TryTake(long taken)
    {
        // FREE release: this worker is done with all that it took so far; pairs with GatingSequences.Minimum.
        Sequence.Set(taken);
        // POOL rmw: the worker's position, before the claim that it goes with; pairs with GatingSequences.Minimum.
        if (!_taken.CompareAndSet(taken, taken + 1))
            return false;
        _current = taken + 1;
        _isInHand = true;
        return true;
    }

    /// <summary>Hands the event in hand over, unless it is to be passed by, and again as often as it is to be retried.</summary>
    private void Handle()
    {
        while (!TryHandle())
        {
            if (_barrier.IsAlerted)
                return;
        }

        _isInHand = false;
    }

    /// <summary>Whether the worker is done with the event in hand, well or badly.</summary>
    private bool TryHandle()
    {
        try
        {
            if (!_passesBy || !_skips.Contains(_current))
                _handler.OnEvent(ref _ring[_current], _current);
            return true;
        }
        catch (Exception exception)
        {
            FailureAction action = _run.OnEventFailure(exception, _current, ref _ring[_current]);
            // An event that its handler has released is out of its hands: its slot may be another's.
            if (_isInHand && action == FailureAction.Skip)
                _skips.Add(_current);
            return !_isInHand || action != FailureAction.Retry;
        }
    }

    private void LetGo()
    {
        // FREE release: this worker is done with all that it took; pairs with GatingSequences.Minimum.
        Sequence.Set(Sequence.Nowhere);
    }
}
