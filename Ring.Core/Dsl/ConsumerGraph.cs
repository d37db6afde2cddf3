namespace Ring.Core.Dsl;

/// <summary>Who handles the events of a ring, and after whom.</summary>
/// <remarks>
/// This half is for what is wired before the start. Thread safety: for the one thread that configures the disruptor, until it is
/// started; every thread may ask for <see cref="Consumers"/>.
/// </remarks>
internal sealed partial class ConsumerGraph<T>(RingBuffer<T> ring, Func<ThreadStart, Thread> threadFactory)
{
    private IExceptionHandler<T> _defaultExceptionHandler = new FatalExceptionHandler<T>();

    public RingBuffer<T> Ring => ring;

    /// <summary>Adds a processor for each handler behind the consumers whose positions are given; returns its position.</summary>
    public Sequence[] Add(Sequence[] upstream, IReadOnlyList<IEventHandler<T>> handlers, ConsumerOptions<T> options)
    {
        Check(handlers, nameof(handlers));
        return Gate(upstream, [.. handlers.Select(handler => Create(handler, upstream, options))]);
    }

    /// <summary>As above, for a handler that is a struct.</summary>
    public Sequence[] AddStruct<THandler>(Sequence[] upstream, THandler handler, ConsumerOptions<T> options)
        where THandler : struct, IEventHandler<T>
    {
        ThrowIfStarted();
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(ring, ring.NewBarrier(upstream), handler);
        return Gate(upstream, [Create(processor, Configured(processor, options), upstream, options)]);
    }

    /// <summary>As above, for a pool of workers.</summary>
    public Sequence[] Add(Sequence[] upstream, IReadOnlyList<IWorkHandler<T>> handlers)
    {
        Check(handlers, nameof(handlers));
        return Gate(upstream, [new WorkerPool<T>(ring, upstream, _defaultExceptionHandler, [.. handlers]).Consumer]);
    }

    /// <summary>As above, for processors that the user's factories make.</summary>
    public Sequence[] Add(Sequence[] upstream, IReadOnlyList<EventProcessorFactory<T>> factories)
    {
        Check(factories, nameof(factories));
        IEventProcessor[] processors = [.. factories.Select(factory => factory(ring, ring.NewBarrier(upstream))
            ?? throw new InvalidOperationException("A processor factory returned null."))];
        Check(processors, nameof(factories));
        return Gate(upstream, [.. processors.Select(processor => CreateCustom(processor, upstream))]);
    }

    /// <summary>Adds processors that the user has made, barrier and all.</summary>
    public Sequence[] Add(IReadOnlyList<IEventProcessor> processors)
    {
        Check(processors, nameof(processors));
        return Gate([], [.. processors.Select(processor => CreateCustom(processor, []))]);
    }

    /// <summary>As above, but those that are known are fine, and stay as they are.</summary>
    public Sequence[] AddUnknown(IReadOnlyList<IEventProcessor> processors)
    {
        ThrowIfStarted();
        DistinctHandlers.Check(processors, isKnown: _ => false);
        _ = Gate([], [.. processors.Where(processor => !IsKnown(processor)).Select(processor => CreateCustom(processor, []))]);
        return [.. processors.Select(processor => processor.Sequence)];
    }

    /// <summary>The positions of those who were added for these handlers, or are these processors.</summary>
    /// <exception cref="ArgumentNullException">The list or one of its elements is null.</exception>
    /// <exception cref="ArgumentException">There is none, or one is not known.</exception>
    public Sequence[] SequencesOf(IReadOnlyList<object> handlers)
    {
        DistinctHandlers.Check(handlers, isKnown: _ => false);
        return [.. handlers.SelectMany(handler => Find(handler).Sequences)];
    }

    public void SetDefaultExceptionHandler(IExceptionHandler<T> exceptionHandler)
    {
        ThrowIfStarted();
        _defaultExceptionHandler = exceptionHandler ?? throw new ArgumentNullException(nameof(exceptionHandler));
        foreach (Consumer consumer in Consumers.Where(consumer => !consumer.HasOwnExceptionHandler))
            SetExceptionHandler(consumer, exceptionHandler);
    }

    public void SetExceptionHandler(object handler, IExceptionHandler<T> exceptionHandler)
    {
        ThrowIfStarted();
        if (exceptionHandler is null)
            throw new ArgumentNullException(nameof(exceptionHandler));
        Consumer consumer = Find(handler ?? throw new ArgumentNullException(nameof(handler)));
        consumer.HasOwnExceptionHandler = true;
        SetExceptionHandler(consumer, exceptionHandler);
    }

    private static void SetExceptionHandler(Consumer consumer, IExceptionHandler<T> exceptionHandler)
    {
        foreach (IReportsFailures<T> processor in consumer.Processors.OfType<IReportsFailures<T>>())
            processor.SetExceptionHandler(exceptionHandler);
    }

    private static Consumer CreateCustom(IEventProcessor processor, Sequence[] upstream) =>
        new([processor], [processor], [processor.Sequence], upstream);

    private static Consumer Create(object handler, BatchEventProcessor<T> processor, Sequence[] upstream, ConsumerOptions<T> options) =>
        new([handler], [processor], [processor.Sequence], upstream) { HasOwnExceptionHandler = options.ExceptionHandler is not null };

    private Consumer Create(IEventHandler<T> handler, Sequence[] upstream, ConsumerOptions<T> options) =>
        Create(handler, Configured(new BatchEventProcessor<T>(ring, ring.NewBarrier(upstream), handler), options), upstream, options);

    private BatchEventProcessor<T> Configured(BatchEventProcessor<T> processor, ConsumerOptions<T> options)
    {
        processor.MaxBatchSize = options.MaxBatchSize;
        processor.SetExceptionHandler(options.ExceptionHandler ?? _defaultExceptionHandler);
        if (options.RewindStrategy is { } strategy)
            processor.SetRewindStrategy(strategy);
        return processor;
    }

    /// <summary>
    /// Takes them in. Only the ends of the chains gate: whoever comes after others is never ahead of them, and those who hold up nobody may
    /// stay.
    /// </summary>
    private Sequence[] Gate(Sequence[] upstream, Consumer[] added)
    {
        TakeIn(added);
        Sequence[] sequences = [.. added.SelectMany(consumer => consumer.Sequences)];
        // Nothing runs yet, so the new ones begin exactly where those before them begin, if these hold up anybody.
        long start = GatingSequences.Minimum(Sequence.WithGroups(upstream), Sequence.Nowhere);
        if (start == Sequence.Nowhere)
        {
            ring.AddGatingSequences(sequences);
            return sequences;
        }

        foreach (Sequence sequence in sequences)
            sequence.BeginAt(start);
        ring.ReplaceGatingSequences(upstream, sequences);
        return sequences;
    }

    private void Check(IReadOnlyList<object> handlers, string parameterName)
    {
        ThrowIfStarted();
        DistinctHandlers.Check(handlers, IsKnown, parameterName);
    }

    private bool IsKnown(object handler) => Array.Exists(Consumers, consumer => consumer.IsOf(handler));

    private Consumer Find(object handler) => Array.Find(Consumers, consumer => consumer.IsOf(handler))
        ?? throw new ArgumentException($"A {handler.GetType().Name} was not added to this disruptor.", nameof(handler));
}
