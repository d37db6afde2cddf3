namespace Ring.Core;

/// <summary>
/// One claimed event: fill it, then <see cref="Commit"/>. Disposed without that, it is given up: consumers pass by its
/// sequence, and the ring goes on.
/// </summary>
/// <remarks>Thread safety: lives on the stack of the producer that claimed it.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public ref struct PublishingScope<T>
{
    private RingBuffer<T>? _ring;

    internal PublishingScope(RingBuffer<T> ring, long sequence)
    {
        _ring = ring;
        Sequence = sequence;
    }

    /// <summary>The claimed sequence.</summary>
    public long Sequence { get; }

    /// <summary>The event to fill, as it was left by the lap before.</summary>
    /// <exception cref="InvalidOperationException">The scope is over: the event belongs to the consumers.</exception>
    public readonly ref T Event => ref Open()[Sequence];

    /// <summary>Publishes the event; it must not be touched any more.</summary>
    /// <exception cref="InvalidOperationException">The scope is over.</exception>
    public void Commit()
    {
        RingBuffer<T> ring = Open();
        _ring = null;
        ring.Publish(Sequence);
    }

    /// <summary>Gives the claim up unless it was committed.</summary>
    public void Dispose()
    {
        _ring?.Abandon(Sequence, Sequence);
        _ring = null;
    }

    private readonly RingBuffer<T> Open() =>
        _ring ?? throw new InvalidOperationException("The scope is over: its event was published or given up.");
}
