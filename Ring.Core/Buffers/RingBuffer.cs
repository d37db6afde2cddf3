using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>
/// A ring of events that exist before they are needed: producers claim a sequence, fill the event that lies there, and
/// publish it; consumers handle the events in order, each at its own pace, and nothing is allocated on the way.
/// </summary>
/// <remarks>
/// <para>
/// <c>ring[sequence].Value = 42</c> is right for events of classes and of structs: the indexer returns a reference to the
/// slot. Do not copy a struct event into a local to change it.
/// </para>
/// <para>
/// Thread safety: claiming and publishing is for one thread at a time with <see cref="ProducerType.Single"/>, for any number
/// with <see cref="ProducerType.Multi"/>. Everything else is for every thread, unless it says otherwise, but an event may only be touched by the
/// producer that has claimed it until it publishes it, and after that by the consumers until they move past it.
/// </para>
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed partial class RingBuffer<T> : ICursored
{
    private readonly SlotArray<T> _slots;

    // One of the two is null. Both classes are sealed, so that the one call behind the branch can be inlined.
    private readonly SingleProducerSequencer? _single;
    private readonly MultiProducerSequencer? _multi;
    private readonly Sequencer _sequencer;

    internal RingBuffer(ProducerType producerType, Func<T> factory, int bufferSize, IWaitStrategy waitStrategy)
    {
        if (factory is null)
            throw new ArgumentNullException(nameof(factory));
        PowerOfTwo.Check(bufferSize, nameof(bufferSize));
        _sequencer = producerType switch
        {
            ProducerType.Single => _single = new SingleProducerSequencer(bufferSize, waitStrategy),
            ProducerType.Multi => _multi = new MultiProducerSequencer(bufferSize, waitStrategy),
            _ => throw new ArgumentOutOfRangeException(nameof(producerType), producerType, "Must be Single or Multi."),
        };
        _slots = new SlotArray<T>(bufferSize, factory);
    }

    /// <summary>The number of slots.</summary>
    public int BufferSize => _sequencer.BufferSize;

    /// <summary>
    /// How far the ring is: the highest published sequence with a single producer, the highest claimed one with several;
    /// <see cref="Sequence.Initial"/> at first. Every thread may ask; stale when it returns.
    /// </summary>
    public long Cursor => _sequencer.Cursor;

    /// <summary>
    /// How far the slowest gating consumer has come; <see cref="Cursor"/> when there is none. Every thread may ask; stale
    /// when it returns.
    /// </summary>
    public long MinimumGatingSequence => _sequencer.MinimumGatingSequence;

    /// <summary>
    /// Free slots, from 0 to <see cref="BufferSize"/>: what is claimed and not yet handled is not free. Always the size when
    /// nobody gates: a claim then waits for no consumer, and with several producers only until the same slot's last claim is
    /// published. Every thread may ask; stale when it returns.
    /// </summary>
    public long RemainingCapacity => _sequencer.RemainingCapacity;

    /// <summary>Whether <see cref="Close"/> was called, by you, by a shutdown, or because a consumer died.</summary>
    public bool IsClosed => _sequencer.IsClosed;

    /// <summary>The exception of the consumer that died, or whatever <see cref="Close"/> was given; null without a cause.</summary>
    public Exception? CloseCause => _sequencer.CloseCause;

    /// <summary>The highest sequence that is claimed, for whoever waits until all is handled.</summary>
    internal long Claimed => _sequencer.Claimed;

    /// <summary>The marks of abandoned claims, for processors; null as long as there never was one.</summary>
    internal SkipMarks? Abandoned => _sequencer.Abandoned;

    /// <summary>The event in the slot of a sequence, whichever lap it is of.</summary>
    /// <param name="sequence">
    /// For a producer one that it has claimed and not yet published; for a consumer one that its barrier let through.
    /// </param>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[sequence];
    }

    /// <summary>Claims the next sequence; waits while the ring is full.</summary>
    /// <returns>The sequence. It must be published, or everything after it waits.</returns>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Next(CancellationToken)"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next() => Next(1);

    /// <summary>Claims the next <paramref name="n"/> sequences; waits while there is no room for all of them.</summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <returns>The highest of them, hi; the lowest is hi - n + 1. All must be published.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Next(CancellationToken)"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n) => _single is { } single ? single.Next(n) : _multi!.Next(n);

    /// <summary>Claims the next sequence if there is room; never waits.</summary>
    /// <param name="sequence">The sequence; meaningless when the result is false.</param>
    /// <returns>False when the ring is full or closed: nothing is claimed.</returns>
    /// <exception cref="InvalidOperationException">A single producer is claiming on another thread. Nothing is claimed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out long sequence) => TryNext(1, out sequence);

    /// <summary>Claims the next <paramref name="n"/> sequences if there is room for all of them; never waits.</summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="hi">The highest of them; the lowest is hi - n + 1. Meaningless when the result is false.</param>
    /// <returns>False when there is too little room or the ring is closed: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">A single producer is claiming on another thread. Nothing is claimed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long hi) => _single is { } single ? single.TryNext(n, out hi) : _multi!.TryNext(n, out hi);

    /// <summary>Claims the next sequence; waits while the ring is full, until the wait is cancelled.</summary>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>The sequence. It must be published, or everything after it waits.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// The ring is full, and the caller is a handler of it, which would wait for itself; or a single producer is claiming on
    /// another thread. Nothing is claimed.
    /// </exception>
    public long Next(CancellationToken cancellationToken) => Next(1, cancellationToken);

    /// <summary>
    /// Claims the next <paramref name="n"/> sequences; waits while there is no room for all of them, until the wait is cancelled.
    /// </summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>The highest of them, hi; the lowest is hi - n + 1. All must be published.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Next(CancellationToken)"/>.</exception>
    public long Next(int n, CancellationToken cancellationToken)
    {
        _sequencer.TryNext(n, new Patience(Deadline.Never, cancellationToken), out long hi);
        return hi;
    }

    /// <summary>Claims the next sequence; waits while the ring is full, but no longer than the timeout.</summary>
    /// <param name="timeout">
    /// From zero to <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="sequence">The sequence; meaningless when the result is false.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>False when the time was over before there was room: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer is claiming on another thread; or the timeout is infinite, and as for <see cref="Next(CancellationToken)"/>.
    /// Nothing is claimed.
    /// </exception>
    public bool TryNext(TimeSpan timeout, out long sequence, CancellationToken cancellationToken = default) =>
        TryNext(1, timeout, out sequence, cancellationToken);

    /// <summary>
    /// Claims the next <paramref name="n"/> sequences; waits while there is no room for all of them, but no longer than the
    /// timeout.
    /// </summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="timeout">
    /// From zero to <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="hi">The highest of them; the lowest is hi - n + 1. Meaningless when the result is false.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>False when the time was over before there was room: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number or the timeout is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer is claiming on another thread; or the timeout is infinite, and as for <see cref="Next(CancellationToken)"/>.
    /// Nothing is claimed.
    /// </exception>
    public bool TryNext(int n, TimeSpan timeout, out long hi, CancellationToken cancellationToken = default)
    {
        Deadline.Check(timeout, nameof(timeout));
        return _sequencer.TryNext(n, new Patience(Deadline.After(timeout), cancellationToken), out hi);
    }

    /// <summary>
    /// Makes a ring begin behind a sequence, for producers that number their events by positions from elsewhere: everything up
    /// to it counts as published and handled long ago. Before anything else uses the ring: consumers that are added after it
    /// begin behind it.
    /// </summary>
    /// <param name="sequence">From 0 to 2^61. The next claim begins one above.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequence"/> is outside its range. Nothing changes.</exception>
    /// <exception cref="InvalidOperationException">
    /// Something was claimed, somebody gates, or the ring is closed. Nothing changes.
    /// </exception>
    public void Claim(long sequence) => _sequencer.StartBehind(sequence);

    /// <summary>Publishes a claimed sequence: consumers may handle its event, and the producer must not touch it again.</summary>
    /// <param name="sequence">
    /// One that this producer has claimed and not yet published. A single producer publishes in ascending order: everything
    /// below is published with it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The sequence is not claimed, or published already. A single producer is told, except when it publishes the last claim again,
    /// which changes nothing; debug builds of Ring.Core tell in every case, and several producers too.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        if (_single is { } single)
            single.Publish(sequence);
        else
            _multi!.Publish(sequence);
    }

    /// <summary>Publishes the sequences of one claim.</summary>
    /// <param name="lo">The lowest.</param>
    /// <param name="hi">The highest, as <see cref="Next(int)"/> returned it.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="lo"/> is more than <paramref name="hi"/>; or as for <see cref="Publish(long)"/>. Nothing is published.
    /// </exception>
    public void Publish(long lo, long hi)
    {
        if (lo > hi)
            throw new ArgumentOutOfRangeException(nameof(lo), lo, $"Must be at most the highest, {hi}.");
        _sequencer.Publish(lo, hi);
    }

    /// <summary>
    /// Whether a claim of <paramref name="n"/> would find room. Nothing that a consumer can see changes. With a single
    /// producer, for the producer's thread; otherwise for every thread, and stale when it returns.
    /// </summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <returns>Whether there is room; false when the ring is closed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range.</exception>
    public bool HasAvailableCapacity(int n) => _sequencer.HasAvailableCapacity(n);

    /// <summary>Whether a sequence is published and its slot not yet claimed again, by which its event may be overwritten.</summary>
    /// <param name="sequence">Any.</param>
    /// <returns>
    /// Whether it is; false for those that were never published. With a single producer, a claim that waits for the slot of an event that
    /// a worker of a pool has in hand counts as made. Stale when it returns.
    /// </returns>
    public bool IsAvailable(long sequence) => _sequencer.IsAvailable(sequence);

    /// <summary>
    /// The end of the unbroken row of available sequences that begins at <paramref name="lo"/>, for consumers that keep their
    /// own position. Every thread may ask; stale when it returns, but what was available to a consumer that gates stays so.
    /// </summary>
    /// <param name="lo">The next sequence to handle, 0 or more.</param>
    /// <param name="hi">Where to end the search, at least <paramref name="lo"/> - 1.</param>
    /// <returns>From <paramref name="lo"/> to <paramref name="hi"/>; <paramref name="lo"/> - 1 when not even that one is available.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is outside its range.</exception>
    public long GetHighestPublishedSequence(long lo, long hi)
    {
        if (lo < 0)
            throw new ArgumentOutOfRangeException(nameof(lo), lo, "Must be 0 or more.");
        if (hi < lo - 1)
            throw new ArgumentOutOfRangeException(nameof(hi), hi, $"Must be at least {lo - 1}, which is just below the lowest.");
        return IsAvailable(lo) ? Math.Min(hi, _sequencer.HighestPublishedFrom(lo)) : lo - 1;
    }

    /// <summary>Whether a published sequence was given up, so that no consumer shall handle its event.</summary>
    /// <param name="sequence">One that the caller's barrier let through. <see cref="BatchEventProcessor{T}"/> asks by itself.</param>
    /// <returns>Whether its scope ended without <see cref="PublishingScope{T}.Commit"/>.</returns>
    public bool IsAbandoned(long sequence) => Abandoned is { } abandoned && abandoned.Contains(sequence);

    /// <summary>
    /// Refuses claims from now on and wakes the producers that wait; they get a <see cref="RingClosedException"/>. What was
    /// claimed before can still be published, and what is published is still handled. Again and again is fine; the first
    /// cause stays.
    /// </summary>
    /// <remarks>
    /// With several producers no claim succeeds once this has returned, so that <see cref="Cursor"/> is final. With a single
    /// one, a claim that it has begun meanwhile may succeed.
    /// </remarks>
    /// <param name="cause">Why, when it is for a fault.</param>
    public void Close(Exception? cause = null) => _sequencer.Close(cause);

    /// <summary>Returns the kind, size and position of the ring as text.</summary>
    public override string ToString() =>
        $"RingBuffer<{typeof(T).Name}> bufferSize:{BufferSize} remainingCapacity:{RemainingCapacity} cursor:{Cursor}{(IsClosed ? " closed" : "")}";

    /// <summary>Up to where it is published, without a gap, from the next sequence of a consumer on; less than that when nothing is.</summary>
    internal long HighestPublishedFrom(long next) => _sequencer.HighestPublishedFrom(next);

    /// <summary>Whether the next sequence of a consumer that has handled all before it is published.</summary>
    internal bool IsPublished(long next) => _sequencer.HighestPublishedFrom(next) >= next;

    /// <summary>Whether nothing from a sequence on will ever be published.</summary>
    internal bool IsDrainedBefore(long sequence) => _sequencer.IsDrainedBefore(sequence);

    /// <summary>Publishes claimed sequences as those that consumers pass by.</summary>
    internal void Abandon(long lo, long hi) => _sequencer.Abandon(lo, hi);
}
