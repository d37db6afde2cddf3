namespace Ring.Core;

/// <summary>
/// What all processors do around their events: one run at a time, the handler's optional callbacks, stops that are neither
/// lost nor outlive their run, and faults that close the ring.
/// </summary>
/// <remarks>
/// Thread safety: <see cref="Run"/> is for one thread at a time, and what tells the handler or asks about failures for that one; every
/// thread may ask <see cref="IsRunning"/> at any time.
/// </remarks>
internal sealed class ProcessorRun<T>
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly Sequence _position;
    private readonly ILifecycleAware? _lifecycle;
    private readonly IBatchStartAware? _batchStarts;
    private readonly ITimeoutHandler? _timeouts;
    private AtomicFlag _running;

    /// <summary>The event that failed last, and how often in a row; only the running thread uses them.</summary>
    private long _failed = Sequence.Initial;
    private int _failures;

    /// <param name="ring">What a fault closes.</param>
    /// <param name="barrier">What the processor waits at, and is stopped by.</param>
    /// <param name="handler">The user's; may be any of the optional interfaces.</param>
    /// <param name="position">How far the processor is.</param>
    public ProcessorRun(RingBuffer<T> ring, SequenceBarrier barrier, object handler, Sequence position)
    {
        _ring = ring;
        _barrier = barrier;
        _position = position;
        _lifecycle = handler as ILifecycleAware;
        _batchStarts = handler as IBatchStartAware;
        _timeouts = handler as ITimeoutHandler;
    }

    // RUN acquire: the end of the last run; pairs with ProcessorRun.Run.
    public bool IsRunning => _running.ReadAcquire();

    /// <summary>What happens when the handler throws; to be set before a run.</summary>
    public IExceptionHandler<T> ExceptionHandler { get; set; } = new FatalExceptionHandler<T>();

    /// <summary>Handles events until the barrier is alerted, or until a fault, with which it closes the ring.</summary>
    /// <exception cref="InvalidOperationException">Another thread runs it.</exception>
    public void Run(Action processEvents)
    {
        // RUN rmw: what the last run did, before this one; pairs with ProcessorRun.Run.
        if (!_running.CompareExchange(false, true))
            throw new InvalidOperationException("The processor is running already.");
        Sequence? outer = RunningConsumer.Enter(_position);
        try
        {
            if (!_barrier.IsAlerted)
                RunUntilAlerted(processEvents);
        }
        catch (Exception cause)
        {
            _ring.Close(cause);
        }
        finally
        {
            RunningConsumer.Leave(outer);
            _barrier.ClearAlert();
            // RUN release: all that this run did, before the next; pairs with ProcessorRun.Run.
            _running.WriteRelease(false);
        }
    }

    /// <param name="first">The first sequence of the batch.</param>
    /// <param name="last">The last one.</param>
    /// <param name="available">The last one that could be handled.</param>
    public void NotifyBatchStart(long first, long last, long available)
    {
        if (_batchStarts is null)
            return;
        try
        {
            _batchStarts.OnBatchStart(last - first + 1, available - first + 1);
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnBatchStartException(exception, first);
        }
    }

    /// <summary>Asks what becomes of an event that failed.</summary>
    public FailureAction OnEventFailure(Exception exception, long sequence, ref T evt)
    {
        _failures = sequence == _failed ? _failures + 1 : 1;
        _failed = sequence;
        if (ExceptionHandler is IFailurePolicy<T> policy)
            return policy.OnEventFailure(exception, sequence, _failures, ref evt);
        ExceptionHandler.HandleEventException(exception, sequence, ref evt);
        return FailureAction.Continue;
    }

    /// <summary>Says that a sequence was reached: what failed before it has been handled since.</summary>
    public void NotifyReached(long sequence)
    {
        if (sequence > _failed)
            _failed = Sequence.Initial;
    }

    public void NotifyTimeout(long sequence)
    {
        try
        {
            _timeouts?.OnTimeout(sequence);
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnTimeoutException(exception, sequence);
        }
    }

    private void RunUntilAlerted(Action processEvents)
    {
        try
        {
            NotifyStart();
            processEvents();
        }
        catch (Exception cause)
        {
            // Before the handler is told of the end: it may wait there for a producer that waits for the ring.
            _ring.Close(cause);
        }

        NotifyShutdown();
    }

    private void NotifyStart()
    {
        try
        {
            _lifecycle?.OnStart();
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnStartException(exception);
        }
    }

    private void NotifyShutdown()
    {
        try
        {
            _lifecycle?.OnShutdown();
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnShutdownException(exception);
        }
    }
}
