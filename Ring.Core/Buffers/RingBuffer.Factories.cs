namespace Ring.Core;

/// <summary>Makes rings.</summary>
/// <remarks>Thread safety: every thread may call every method.</remarks>
public static class RingBuffer
{
    /// <summary>A ring for one producer.</summary>
    /// <inheritdoc cref="Create{T}"/>
    public static RingBuffer<T> CreateSingleProducer<T>(Func<T> factory, int bufferSize, IWaitStrategy? waitStrategy = null) =>
        Create(ProducerType.Single, factory, bufferSize, waitStrategy);

    /// <summary>A ring for any number of producers.</summary>
    /// <inheritdoc cref="Create{T}"/>
    public static RingBuffer<T> CreateMultiProducer<T>(Func<T> factory, int bufferSize, IWaitStrategy? waitStrategy = null) =>
        Create(ProducerType.Multi, factory, bufferSize, waitStrategy);

    /// <summary>A ring.</summary>
    /// <typeparam name="T">The event: a class, or a struct.</typeparam>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="factory">Makes the events; called once for each slot, here and now.</param>
    /// <param name="bufferSize">Slots: a power of two from 1 to 2^30.</param>
    /// <param name="waitStrategy">How consumers wait; a new <see cref="BlockingWaitStrategy"/> when null.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">The factory returned null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or the producer type is outside its range.</exception>
    public static RingBuffer<T> Create<T>(
        ProducerType producerType,
        Func<T> factory,
        int bufferSize,
        IWaitStrategy? waitStrategy = null) =>
        new(producerType, factory, bufferSize, waitStrategy ?? new BlockingWaitStrategy());
}
