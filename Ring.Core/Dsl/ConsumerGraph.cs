namespace Ring.Core.Dsl;

/// <summary>Who handles the events of a ring, and after whom.</summary>
/// <remarks>Thread safety: for the one thread that configures the disruptor, until it is started.</remarks>
internal sealed class ConsumerGraph<T>(RingBuffer<T> ring)
{
    private readonly List<Consumer> _consumers = [];
    private IExceptionHandler<T> _defaultExceptionHandler = new FatalExceptionHandler<T>();

    public IReadOnlyList<Consumer> Consumers => _consumers;

    /// <summary>Whether nothing may be added any more.</summary>
    public bool IsComplete { get; private set; }

    public RingBuffer<T> Ring => ring;

    /// <summary>No more changes, now that it is about to run.</summary>
    public void Complete() => IsComplete = true;

    /// <summary>Adds a processor for each handler behind the consumers whose positions are given; returns its position.</summary>
    public Sequence[] Add(Sequence[] upstream, IReadOnlyList<IEventHandler<T>> handlers, ConsumerOptions<T> options)
    {
        Check(handlers, nameof(handlers));
        return Gate(upstream, [.. handlers.Select(handler => Create(handler, NewProcessor(upstream, handler, options), options))]);
    }

    /// <summary>As above, for a handler that is a struct.</summary>
    public Sequence[] AddStruct<THandler>(Sequence[] upstream, THandler handler, ConsumerOptions<T> options)
        where THandler : struct, IEventHandler<T>
    {
        ThrowIfComplete();
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(ring, ring.NewBarrier(upstream), handler);
        return Gate(upstream, [Create(processor, Configured(processor, options), options)]);
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
        return Gate(upstream, [.. processors.Select(CreateCustom)]);
    }

    /// <summary>Adds processors that the user has made, barrier and all.</summary>
    public Sequence[] Add(IReadOnlyList<IEventProcessor> processors)
    {
        Check(processors, nameof(processors));
        return Gate([], [.. processors.Select(CreateCustom)]);
    }

    /// <summary>As above, but those that are known are fine, and stay as they are.</summary>
    public Sequence[] AddUnknown(IReadOnlyList<IEventProcessor> processors)
    {
        ThrowIfComplete();
        DistinctHandlers.Check(processors, isKnown: _ => false);
        _ = Gate([], [.. processors.Where(processor => !IsKnown(processor)).Select(CreateCustom)]);
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
        ThrowIfComplete();
        _defaultExceptionHandler = exceptionHandler ?? throw new ArgumentNullException(nameof(exceptionHandler));
        foreach (Consumer consumer in _consumers.Where(consumer => !consumer.HasOwnExceptionHandler))
            SetExceptionHandler(consumer, exceptionHandler);
    }

    public void SetExceptionHandler(object handler, IExceptionHandler<T> exceptionHandler)
    {
        ThrowIfComplete();
        if (exceptionHandler is null)
            throw new ArgumentNullException(nameof(exceptionHandler));
        Consumer consumer = Find(handler ?? throw new ArgumentNullException(nameof(handler)));
        consumer.HasOwnExceptionHandler = true;
        SetExceptionHandler(consumer, exceptionHandler);
    }

    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public void ThrowIfComplete()
    {
        if (IsComplete)
            throw new InvalidOperationException("The disruptor was started: configure it before, and start it once.");
    }

    private static void SetExceptionHandler(Consumer consumer, IExceptionHandler<T> exceptionHandler)
    {
        foreach (IReportsFailures<T> processor in consumer.Processors.OfType<IReportsFailures<T>>())
            processor.SetExceptionHandler(exceptionHandler);
    }

    private static Consumer CreateCustom(IEventProcessor processor) => new([processor], [processor], [processor.Sequence]);

    private static Consumer Create(object handler, BatchEventProcessor<T> processor, ConsumerOptions<T> options) =>
        new([handler], [processor], [processor.Sequence]) { HasOwnExceptionHandler = options.ExceptionHandler is not null };

    private BatchEventProcessor<T> NewProcessor(Sequence[] upstream, IEventHandler<T> handler, ConsumerOptions<T> options) =>
        Configured(new BatchEventProcessor<T>(ring, ring.NewBarrier(upstream), handler), options);

    private BatchEventProcessor<T> Configured(BatchEventProcessor<T> processor, ConsumerOptions<T> options)
    {
        processor.MaxBatchSize = options.MaxBatchSize;
        processor.SetExceptionHandler(options.ExceptionHandler ?? _defaultExceptionHandler);
        if (options.RewindStrategy is { } strategy)
            processor.SetRewindStrategy(strategy);
        return processor;
    }

    /// <summary>Takes them in. Only the ends of the chains gate: whoever comes after others is never ahead of them.</summary>
    private Sequence[] Gate(Sequence[] upstream, Consumer[] added)
    {
        _consumers.AddRange(added);
        Sequence[] sequences = [.. added.SelectMany(consumer => consumer.Sequences)];
        if (upstream.Length == 0)
        {
            ring.AddGatingSequences(sequences);
            return sequences;
        }

        // Nothing runs yet, so the new ones begin exactly where those before them begin.
        long start = GatingSequences.Minimum(upstream, long.MaxValue);
        foreach (Sequence sequence in sequences)
            sequence.BeginAt(start);
        ring.ReplaceGatingSequences(upstream, sequences);
        return sequences;
    }

    private void Check(IReadOnlyList<object> handlers, string parameterName)
    {
        ThrowIfComplete();
        DistinctHandlers.Check(handlers, IsKnown, parameterName);
    }

    private bool IsKnown(object handler) => _consumers.Exists(consumer => consumer.IsOf(handler));

    private Consumer Find(object handler) => _consumers.Find(consumer => consumer.IsOf(handler))
        ?? throw new ArgumentException($"A {handler.GetType().Name} was not added to this disruptor.", nameof(handler));
}
