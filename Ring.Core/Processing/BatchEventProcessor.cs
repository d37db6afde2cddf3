using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// Feeds one handler: waits at a barrier, hands over everything that is available, event by event, then moves its sequence.
/// </summary>
/// <remarks>
/// <para>
/// A stop is never lost and never outlives its run: <see cref="Halt"/> ends the run in progress, or, when none is, the next
/// one before it begins, without <see cref="ILifecycleAware.OnStart"/>. After the end of a run, another may begin where it
/// stopped.
/// </para>
/// <para>
/// An exception that leaves the exception handler ends the run and closes the ring with it as
/// <see cref="RingBuffer{T}.CloseCause"/>; the sequence stays in front of the event that failed.
/// </para>
/// <para>Thread safety: <see cref="Run"/> is for one thread at a time; every thread may call the rest at any time.</para>
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class BatchEventProcessor<T> : IEventProcessor
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly IEventHandler<T> _handler;
    private readonly ILifecycleAware? _lifecycle;
    private readonly ITimeoutHandler? _timeouts;
    private IExceptionHandler<T> _exceptionHandler = new FatalExceptionHandler<T>();
    private AtomicFlag _running;

    /// <summary>The event in hand, for the case that its handler throws; only the running thread uses it.</summary>
    private long _current;

    /// <summary>A processor that does not run yet. Its sequence does not gate the ring by itself.</summary>
    /// <param name="ring">Where the events are.</param>
    /// <param name="barrier">What to wait for: a barrier of that ring, made for this processor alone.</param>
    /// <param name="handler">
    /// What to do; may also be <see cref="ILifecycleAware"/> and <see cref="ITimeoutHandler"/>.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public BatchEventProcessor(RingBuffer<T> ring, SequenceBarrier barrier, IEventHandler<T> handler)
    {
        _ring = ring ?? throw new ArgumentNullException(nameof(ring));
        _barrier = barrier ?? throw new ArgumentNullException(nameof(barrier));
        _handler = handler ?? throw new ArgumentNullException(nameof(handler));
        _lifecycle = handler as ILifecycleAware;
        _timeouts = handler as ITimeoutHandler;
    }

    /// <inheritdoc/>
    public Sequence Sequence { get; } = new();

    /// <inheritdoc/>
    // RUN acquire: the end of the last run; pairs with BatchEventProcessor.Run.
    public bool IsRunning => _running.ReadAcquire();

    /// <summary>Sets what happens when the handler throws; <see cref="FatalExceptionHandler{T}"/> until then.</summary>
    /// <param name="exceptionHandler">The new one; only before a run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exceptionHandler"/> is null.</exception>
    public void SetExceptionHandler(IExceptionHandler<T> exceptionHandler) =>
        _exceptionHandler = exceptionHandler ?? throw new ArgumentNullException(nameof(exceptionHandler));

    /// <summary>
    /// Handles events on the calling thread until <see cref="Halt"/> or a fault, see the remarks of the type. Does not throw
    /// what a handler throws.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread runs it.</exception>
    public void Run()
    {
        // RUN rmw: what the last run did, before this one; pairs with BatchEventProcessor.Run.
        if (!_running.CompareExchange(false, true))
            throw new InvalidOperationException("The processor is running already.");
        Sequence? outer = RunningConsumer.Enter(Sequence);
        try
        {
            if (!_barrier.IsAlerted)
                RunUntilAlerted();
        }
        catch (Exception cause)
        {
            _ring.Close(cause);
        }
        finally
        {
            RunningConsumer.Leave(outer);
            _barrier.ClearAlert();
            // RUN release: all that this run did, before the next; pairs with BatchEventProcessor.Run.
            _running.WriteRelease(false);
        }
    }

    /// <inheritdoc/>
    public void Halt() => _barrier.Alert();

    private void RunUntilAlerted()
    {
        try
        {
            NotifyStart();
            ProcessEvents();
        }
        catch (Exception cause)
        {
            // Before the handler is told of the end: it may wait there for a producer that waits for the ring.
            _ring.Close(cause);
        }

        NotifyShutdown();
    }

    private void ProcessEvents()
    {
        long next = Sequence.Value + 1;
        while (true)
        {
            WaitResult result = _barrier.WaitFor(next);
            if (result.IsAvailable)
            {
                next = HandleBatch(next, result.Sequence);
                // FREE release: the handler is done with these slots; pairs with GatingSequences.Minimum.
                Sequence.Set(next - 1);
            }
            else if (result.IsTimedOut)
            {
                NotifyTimeout(next - 1);
            }
            else if (result.IsAlerted)
            {
                return;
            }
        }
    }

    /// <summary>Handles up to the last event, or up to the first that fails; returns the sequence to go on with.</summary>
    private long HandleBatch(long next, long available)
    {
        try
        {
            if (_ring.Abandoned is { } abandoned)
                HandleAllBut(abandoned, next, available);
            else
                HandleAll(next, available);
            return available + 1;
        }
        catch (Exception exception)
        {
            long failed = _current;
            // FREE release: the events before the one that failed are done, also if this is the end; pairs with GatingSequences.Minimum.
            Sequence.Set(failed - 1);
            _exceptionHandler.HandleEventException(exception, failed, ref _ring[failed]);
            return failed + 1;
        }
    }

    /// <summary>
    /// Not inlined, and without a try of its own: only so does the JIT keep the loop's variables in registers, and look the
    /// handler's method up once for all events.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandleAll(long first, long last)
    {
        RingBuffer<T> ring = _ring;
        IEventHandler<T> handler = _handler;
        for (long sequence = first; sequence <= last; sequence++)
        {
            _current = sequence;
            handler.OnEvent(ref ring[sequence], sequence, sequence == last);
        }
    }

    private void HandleAllBut(AbandonedClaims abandoned, long first, long available)
    {
        long last = LastNotAbandoned(abandoned, first, available);
        for (long sequence = first; sequence <= last; sequence++)
        {
            _current = sequence;
            if (!abandoned.Contains(sequence))
                _handler.OnEvent(ref _ring[sequence], sequence, sequence == last);
        }
    }

    /// <summary>The event that bears the end of the batch; less than <paramref name="next"/> when all were abandoned.</summary>
    private static long LastNotAbandoned(AbandonedClaims abandoned, long next, long available)
    {
        long last = available;
        while (last >= next && abandoned.Contains(last))
            last--;
        return last;
    }

    private void NotifyStart()
    {
        try
        {
            _lifecycle?.OnStart();
        }
        catch (Exception exception)
        {
            _exceptionHandler.HandleOnStartException(exception);
        }
    }

    private void NotifyTimeout(long sequence)
    {
        try
        {
            _timeouts?.OnTimeout(sequence);
        }
        catch (Exception exception)
        {
            _exceptionHandler.HandleOnTimeoutException(exception, sequence);
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
            _exceptionHandler.HandleOnShutdownException(exception);
        }
    }
}
