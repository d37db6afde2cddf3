namespace Ring.Core.Dsl;

/// <summary>How one handler of a disruptor is to be treated.</summary>
/// <remarks>Thread safety: read when the handler is added, by the thread that does so.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class ConsumerOptions<T>
{
    private int _maxBatchSize = int.MaxValue;

    /// <summary>As <see cref="BatchEventProcessor{T}.MaxBatchSize"/>: 1 or more, <see cref="int.MaxValue"/> at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxBatchSize
    {
        get => _maxBatchSize;
        set => _maxBatchSize = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be 1 or more.");
    }

    /// <summary>What happens when the handler throws; the disruptor's default when null.</summary>
    public IExceptionHandler<T>? ExceptionHandler { get; set; }

    /// <summary>What happens when the handler throws a <see cref="RewindableException"/>; nothing special when null.</summary>
    public IBatchRewindStrategy? RewindStrategy { get; set; }
}
