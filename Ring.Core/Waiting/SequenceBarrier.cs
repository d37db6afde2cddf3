using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// What stands in front of a consumer: it lets through what is published, and what all the consumers that it depends on have
/// handled.
/// </summary>
/// <remarks>
/// Thread safety: every thread may call every member, but a barrier belongs to one consumer: <see cref="Alert"/> stops that
/// one and no other.
/// </remarks>
public sealed class SequenceBarrier
{
    private readonly IPublishedSequences _published;
    private readonly IWaitStrategy _waitStrategy;
    private readonly Sequence[] _dependencies;
    private AtomicFlag _alerted;

    internal SequenceBarrier(IPublishedSequences published, IWaitStrategy waitStrategy, Sequence[] dependencies)
    {
        _published = published;
        _waitStrategy = waitStrategy;
        _dependencies = dependencies;
        if (!waitStrategy.IsBlocking || dependencies.Length == 0)
            return;
        foreach (Sequence dependency in dependencies)
            dependency.AddListener(waitStrategy.SignalAllWhenBlocking);
        // LISTEN fence: the registrations, before the look of a strategy that has no fence of its own; pairs with Sequence.Notify.
        Fence.Heavy();
    }

    /// <summary>How far the least of the consumers that this one depends on has come; the ring's cursor when it depends on
    /// none. Stale when it returns, but never ahead.</summary>
    public long Cursor => LeastDependency() is var least and not Sequence.Nowhere ? least : _published.Cursor;

    /// <summary>Whether it is the producers that the consumer waits for, and not other consumers.</summary>
    internal bool IsBehindProducers => _dependencies.Length == 0;

    /// <summary>Whether the consumer was told to stop waiting.</summary>
    // ALERT acquire: what the caller of Alert did before; pairs with SequenceBarrier.Alert.
    public bool IsAlerted => _alerted.ReadAcquire();

    /// <summary>Waits, as the ring's strategy does it, until an event can be handled.</summary>
    /// <param name="sequence">The next sequence to handle: one more than the last that the caller handled; 0 or more.</param>
    /// <returns>The highest sequence that can be handled, or why there is none. An alert comes before events.</returns>
    public WaitResult WaitFor(long sequence) =>
        TryPoll(sequence, out WaitResult result) ? result : _waitStrategy.WaitFor(sequence, this);

    /// <summary>Looks once, without waiting.</summary>
    /// <param name="sequence">The next sequence to handle: one more than the last that the caller handled; 0 or more.</param>
    /// <param name="result">The alert, or the highest sequence that can be handled; the default value when there is neither.</param>
    /// <returns>Whether there is an alert, or something to handle.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPoll(long sequence, out WaitResult result)
    {
        if (IsAlerted)
        {
            result = WaitResult.Alerted;
            return true;
        }

        long available = HighestAvailable(sequence);
        result = available >= sequence ? WaitResult.Available(available) : default;
        return available >= sequence;
    }

    /// <summary>The highest sequence that can be handled now; less than <paramref name="sequence"/> when that one cannot.</summary>
    /// <param name="sequence">The next sequence to handle: one more than the last that the caller handled; 0 or more.</param>
    /// <returns>The highest sequence, without waiting.</returns>
    public long HighestAvailable(long sequence) =>
        LeastDependency() is var least and not Sequence.Nowhere ? least : _published.HighestPublishedFrom(sequence);

    /// <summary>Ends the wait of the consumer, now or when it next waits, until <see cref="ClearAlert"/>.</summary>
    public void Alert()
    {
        // ALERT release: what the caller did before, e.g. its reason to stop; pairs with SequenceBarrier.IsAlerted.
        _alerted.WriteRelease(true);
        if (_waitStrategy.IsBlocking)
            _waitStrategy.SignalAllWhenBlocking();
    }

    /// <summary>Lets the consumer wait again. Only the consumer itself, after it has stopped, can know when that is right.</summary>
    // ALERT release: the end of the run that the alert was for; pairs with SequenceBarrier.IsAlerted.
    public void ClearAlert() => _alerted.WriteRelease(false);

    /// <summary>Whether one of the consumers that this one depends on may have skipped something.</summary>
    internal bool HasSkips
    {
        get
        {
            foreach (Sequence dependency in _dependencies)
            {
                if (dependency.Skipped is not null)
                    return true;
            }

            return false;
        }
    }

    /// <summary>
    /// Whether a consumer that this one depends on has skipped an event, so that this one is to pass it by. What producers gave up
    /// is another question: <see cref="RingBuffer{T}.IsAbandoned"/>.
    /// </summary>
    /// <param name="sequence">A sequence that was let through, and that the consumer is not past yet.</param>
    /// <returns>False as long as nothing was ever skipped.</returns>
    public bool IsSkipped(long sequence)
    {
        foreach (Sequence dependency in _dependencies)
        {
            if (dependency.Skipped is { } marks && marks.Contains(sequence))
                return true;
        }

        return false;
    }

    /// <summary>How far the upstream consumers have come; nowhere when there are none, or none that holds anybody up.</summary>
    // STAGE acquire: what the upstream consumers wrote into the events; pairs with Sequence.Set.
    private long LeastDependency() => GatingSequences.Minimum(_dependencies, Sequence.Nowhere);
}
