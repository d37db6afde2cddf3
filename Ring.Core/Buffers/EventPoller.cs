namespace Ring.Core;

/// <summary>
/// A consumer without a thread of its own: asks for events when its owner has time. It gates the ring from its creation to its
/// disposal, so it misses nothing, and one that does not poll stops the producers after a lap.
/// </summary>
/// <remarks>Thread safety: one thread at a time may poll or dispose of it; every thread may read its sequence.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class EventPoller<T> : IDisposable
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly Skips<T> _skips;
    private readonly bool _comesAfterOthers;
    private bool _disposed;
    private bool _isPolling;

    internal EventPoller(RingBuffer<T> ring, StartPosition start, Sequence[] dependencies)
    {
        _ring = ring;
        _barrier = ring.NewBarrier(dependencies);
        _skips = new Skips<T>(ring, _barrier, Sequence);
        _comesAfterOthers = dependencies.Length > 0;
        ring.AddGatingSequences(start, dependencies, [Sequence]);
    }

    /// <summary>The last event that it is done with, for those who come after it.</summary>
    public Sequence Sequence { get; } = new();

    /// <inheritdoc cref="Poll{TState}"/>
    public PollState Poll(PollHandler<T> handler, int limit = int.MaxValue)
    {
        if (handler is null)
            throw new ArgumentNullException(nameof(handler));
        return Poll(
            static (ref T evt, long sequence, bool endOfBatch, PollHandler<T> handler) => handler(ref evt, sequence, endOfBatch),
            handler,
            limit);
    }

    /// <summary>Hands over what is available, event by event, and moves the sequence behind the last; never waits.</summary>
    /// <param name="handler">
    /// Called for each event. An exception of it reaches the caller; the event that it was called for comes again with the next
    /// poll, those before it do not.
    /// </param>
    /// <param name="state">Handed on to <paramref name="handler"/>, which so needs no closure.</param>
    /// <param name="limit">How many sequences to take at most: 1 or more.</param>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <returns>What there was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The poller was disposed of.</exception>
    /// <exception cref="InvalidOperationException">The handler polls, too. Nothing is handed over to the inner one.</exception>
    public PollState Poll<TState>(StatefulPollHandler<T, TState> handler, TState state, int limit = int.MaxValue)
    {
        if (handler is null)
            throw new ArgumentNullException(nameof(handler));
        if (limit < 1)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "Must be 1 or more.");
        if (_disposed || _isPolling)
            throw WhyRefused();

        long first = Sequence.Value + 1;
        long available = _barrier.HighestAvailable(first);
        if (available < first)
            return WhyNothing(first);
        HandOver(handler, state, first, Math.Min(available, first + limit - 1));
        return PollState.Processing;
    }

    /// <summary>
    /// Gates the ring no more. Again and again is fine; in a handler, too, which is given nothing after that, and whose event a producer
    /// may overwrite from then on.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        _ring.RemoveGatingSequence(Sequence);
    }

    private InvalidOperationException WhyRefused() => _disposed
        ? new ObjectDisposedException(nameof(EventPoller<T>))
        : new InvalidOperationException("The handler of a poller polls it: the inner poll would hand over the same events again.");

    private PollState WhyNothing(long next)
    {
        if (_comesAfterOthers && _ring.IsPublished(next))
            return PollState.Gating;
        return _ring.IsDrainedBefore(next) ? PollState.Closed : PollState.Idle;
    }

    private void HandOver<TState>(StatefulPollHandler<T, TState> handler, TState state, long first, long last)
    {
        long done = first - 1;
        _isPolling = true;
        try
        {
            bool skips = _skips.Any;
            long lastKept = skips ? _skips.LastKept(first, last) : last;
            bool goesOn = true;
            while (goesOn && done < last && !_disposed)
            {
                long sequence = done + 1;
                goesOn = (skips && _skips.Contains(sequence)) || handler(ref _ring[sequence], sequence, sequence == lastKept, state);
                done = sequence;
            }
        }
        finally
        {
            _isPolling = false;
            // FREE release: the handler is done with these slots; pairs with GatingSequences.Minimum.
            Sequence.Set(done);
        }
    }
}
