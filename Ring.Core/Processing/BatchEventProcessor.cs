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
public class BatchEventProcessor<T> : IEventProcessor, IReportsFailures<T>, IReportsWork
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly IEventHandler<T> _handler;
    private readonly ProcessorRun<T> _run;
    private readonly Skips<T> _skips;
    private HeadStart _headStart;
    private int _maxBatchSize = int.MaxValue;
    private IBatchRewindStrategy? _rewindStrategy;

    /// <summary>How often in a row the batch in hand was to be rewound; only the running thread uses it.</summary>
    private int _rewinds;

    /// <summary>A processor that does not run yet. Its sequence does not gate the ring by itself.</summary>
    /// <param name="ring">Where the events are.</param>
    /// <param name="barrier">What to wait for: a barrier of that ring, made for this processor alone.</param>
    /// <param name="handler">
    /// What to do; may also be <see cref="ILifecycleAware"/>, <see cref="IBatchStartAware"/>, <see cref="ITimeoutHandler"/> and
    /// <see cref="ISequenceReportingEventHandler{T}"/>. For one that is a struct there is
    /// <see cref="BatchEventProcessor.Create{T, THandler}"/>.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public BatchEventProcessor(RingBuffer<T> ring, SequenceBarrier barrier, IEventHandler<T> handler)
    {
        _ring = ring ?? throw new ArgumentNullException(nameof(ring));
        _barrier = barrier ?? throw new ArgumentNullException(nameof(barrier));
        _handler = handler ?? throw new ArgumentNullException(nameof(handler));
        _run = new ProcessorRun<T>(ring, barrier, handler, Sequence);
        _skips = new Skips<T>(ring, barrier, Sequence);
        _headStart = barrier.IsBehindProducers ? new HeadStart(ring.BufferSize) : HeadStart.None;
        (handler as ISequenceReportingEventHandler<T>)?.SetSequenceCallback(Sequence);
    }

    /// <inheritdoc/>
    public Sequence Sequence { get; } = new();

    /// <inheritdoc/>
    public bool IsRunning => _run.IsRunning;

    /// <summary>
    /// How many sequences a batch has at most: 1 or more, <see cref="int.MaxValue"/> at first. Producers and later stages see the
    /// end of each batch, so a smaller one lets them go on earlier. Only before a run.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxBatchSize
    {
        get => _maxBatchSize;
        set => _maxBatchSize = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be 1 or more.");
    }

    /// <summary>How often it gave producers in full flow a head start; for whoever has ended its run.</summary>
    internal long HeadStarts => _headStart.Given;

    /// <inheritdoc/>
    bool IReportsWork.HasWork => Sequence.Value is var done && _barrier.HighestAvailable(done + 1) > done;

    /// <summary>Where the events are.</summary>
    private protected RingBuffer<T> Ring => _ring;

    /// <summary>What to do with them.</summary>
    private protected IEventHandler<T> Handler => _handler;

    /// <summary>The event in hand, for the case that its handler throws; only the running thread uses it.</summary>
    private protected long Current { get; set; }

    /// <summary>Sets what happens when the handler throws; <see cref="FatalExceptionHandler{T}"/> until then.</summary>
    /// <param name="exceptionHandler">The new one; may also be an <see cref="IFailurePolicy{T}"/>. Only before a run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exceptionHandler"/> is null.</exception>
    public void SetExceptionHandler(IExceptionHandler<T> exceptionHandler) =>
        _run.ExceptionHandler = exceptionHandler ?? throw new ArgumentNullException(nameof(exceptionHandler));

    /// <summary>
    /// Sets what happens when the handler throws a <see cref="RewindableException"/>; it is an exception as any other until
    /// then.
    /// </summary>
    /// <param name="strategy">The new one. Only before a run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="strategy"/> is null.</exception>
    public void SetRewindStrategy(IBatchRewindStrategy strategy) =>
        _rewindStrategy = strategy ?? throw new ArgumentNullException(nameof(strategy));

    /// <summary>
    /// Handles events on the calling thread until <see cref="Halt"/> or a fault, see the remarks of the type. Does not throw
    /// what a handler throws.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread runs it.</exception>
    public void Run() => _run.Run(ProcessEvents);

    /// <inheritdoc/>
    public void Halt() => _barrier.Alert();

    /// <summary>
    /// Not inlined, and without a try of its own: only so does the JIT keep the loop's variables in registers, and look the
    /// handler's method up once for all events.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected virtual void HandleAll(long first, long last)
    {
        RingBuffer<T> ring = _ring;
        IEventHandler<T> handler = _handler;
        for (long sequence = first; sequence <= last; sequence++)
        {
            Current = sequence;
            handler.OnEvent(ref ring[sequence], sequence, sequence == last);
        }
    }

    private void ProcessEvents()
    {
        long next = Sequence.Value + 1;
        while (true)
        {
            WaitResult result = _barrier.WaitFor(next);
            if (result.IsAvailable)
            {
                long first = next;
                next = HandleBatch(first, result.Sequence);
                Release(next - 1);
                if (next > result.Sequence)
                    _headStart.GiveAfter(next - first);
            }
            else if (result.IsTimedOut)
            {
                _run.NotifyTimeout(next - 1);
            }
            else if (result.IsAlerted)
            {
                return;
            }
        }
    }

    /// <summary>Handles a batch, or as much of it as does not fail; returns the sequence to go on with.</summary>
    private long HandleBatch(long first, long available)
    {
        long end = Math.Min(available, first + _maxBatchSize - 1);
        bool skips = _skips.Any;
        long last = skips ? _skips.LastKept(first, end) : end;
        if (last < first)
            return end + 1;

        _run.NotifyBatchStart(first, last, available);
        try
        {
            if (skips)
                HandleAllKept(first, last);
            else
                HandleAll(first, last);
            _rewinds = 0;
            return end + 1;
        }
        catch (RewindableException exception) when (_rewindStrategy is not null)
        {
            return Rewind(exception);
        }
        catch (Exception exception)
        {
            return Recover(exception);
        }
    }

    private void HandleAllKept(long first, long last)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            Current = sequence;
            if (!_skips.Contains(sequence))
                _handler.OnEvent(ref _ring[sequence], sequence, sequence == last);
        }
    }

    /// <summary>Asks whether the batch is handled again; returns the sequence to go on with.</summary>
    private long Rewind(RewindableException exception)
    {
        RewindAction action;
        try
        {
            action = _rewindStrategy!.HandleRewindException(exception, ++_rewinds);
        }
        catch (Exception failure)
        {
            return Recover(failure);
        }

        if (action != RewindAction.Rewind)
            return Recover(exception);
        _run.NotifyReached(Current);
        // Not always the first of the batch: the handler may have given back some of it.
        return Sequence.Value + 1;
    }

    /// <summary>Asks what becomes of the event in hand, which has failed; returns the sequence to go on with.</summary>
    private long Recover(Exception exception)
    {
        long failed = Current;
        _rewinds = 0;
        // The events before the one that failed are done, also if this is the end.
        Release(failed - 1);
        FailureAction action = _run.OnEventFailure(exception, failed, ref _ring[failed]);
        // An event that its handler has given back is out of its hands: its slot may be another's.
        if (Sequence.Value >= failed)
            return failed + 1;
        if (action == FailureAction.Skip)
            _skips.Add(failed);
        return action == FailureAction.Retry ? failed : failed + 1;
    }

    /// <summary>Moves the sequence, unless the handler has moved it further by itself: it never falls.</summary>
    private void Release(long done)
    {
        // FREE release: the handler is done with these slots; pairs with GatingSequences.Minimum.
        if (done > Sequence.Value)
            Sequence.Set(done);
    }
}
