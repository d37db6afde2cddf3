namespace Ring.Core;

/// <summary>Passes events on as soon as they are available, without looking at them: a stage that does nothing, for tests and for
/// pipelines that are put together at run time.</summary>
/// <remarks>
/// <see cref="Halt"/> ends the run in progress, or, when none is, the next one before it begins. Thread safety:
/// <see cref="Run"/> is for one thread at a time; every thread may call the rest at any time.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class NoOpEventProcessor<T> : IEventProcessor
{
    private readonly BatchEventProcessor<T> _processor;

    /// <summary>A processor that does not run yet. Its sequence does not gate the ring by itself.</summary>
    /// <param name="ring">Where the events are.</param>
    /// <param name="barrier">What to wait for: a barrier of that ring, made for this processor alone.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public NoOpEventProcessor(RingBuffer<T> ring, SequenceBarrier barrier) =>
        _processor = new BatchEventProcessor<T>(ring, barrier, new AggregateEventHandler<T>());

    /// <inheritdoc/>
    public Sequence Sequence => _processor.Sequence;

    /// <inheritdoc/>
    public bool IsRunning => _processor.IsRunning;

    /// <inheritdoc/>
    public void Run() => _processor.Run();

    /// <inheritdoc/>
    public void Halt() => _processor.Halt();
}
