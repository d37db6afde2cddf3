namespace Ring.Core;

/// <summary>
/// The events of one claim: fill them all, then <see cref="Commit"/>. Disposed without that, all are given up: consumers pass
/// by their sequences, and the ring goes on.
/// </summary>
/// <remarks>Thread safety: lives on the stack of the producer that claimed it.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public ref struct PublishingBatch<T>
{
    private RingBuffer<T>? _ring;

    internal PublishingBatch(RingBuffer<T> ring, long hi, int count)
    {
        _ring = ring;
        FirstSequence = hi - count + 1;
        Count = count;
    }

    /// <summary>How many events there are.</summary>
    public int Count { get; }

    /// <summary>The lowest claimed sequence, that of event 0.</summary>
    public long FirstSequence { get; }

    /// <summary>The highest claimed sequence.</summary>
    public readonly long LastSequence => FirstSequence + Count - 1;

    /// <summary>An event to fill, as it was left by the lap before.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The scope is over: the events belong to the consumers.</exception>
    public readonly ref T this[int index]
    {
        get
        {
            RingBuffer<T> ring = Open();
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"Must be from 0 to {Count - 1}.");
            return ref ring[FirstSequence + index];
        }
    }

    /// <summary>Publishes the events; they must not be touched any more.</summary>
    /// <exception cref="InvalidOperationException">The scope is over.</exception>
    public void Commit()
    {
        RingBuffer<T> ring = Open();
        _ring = null;
        ring.Publish(FirstSequence, LastSequence);
    }

    /// <summary>Gives the whole claim up unless it was committed.</summary>
    public void Dispose()
    {
        _ring?.Abandon(FirstSequence, LastSequence);
        _ring = null;
    }

    private readonly RingBuffer<T> Open() =>
        _ring ?? throw new InvalidOperationException("The scope is over: its events were published or given up.");
}
