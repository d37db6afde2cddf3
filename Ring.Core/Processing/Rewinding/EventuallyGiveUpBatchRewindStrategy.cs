namespace Ring.Core;

/// <summary>Rewinds until a batch was tried often enough, and takes it for a failure then.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
public sealed class EventuallyGiveUpBatchRewindStrategy : IBatchRewindStrategy
{
    private readonly int _maxAttempts;

    /// <summary>Gives up after so many attempts.</summary>
    /// <param name="maxAttempts">How often a batch is tried: 1 or more, the first time included.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public EventuallyGiveUpBatchRewindStrategy(int maxAttempts)
    {
        if (maxAttempts < 1)
            throw new ArgumentOutOfRangeException(nameof(maxAttempts), maxAttempts, "Must be 1 or more.");
        _maxAttempts = maxAttempts;
    }

    /// <inheritdoc/>
    public RewindAction HandleRewindException(RewindableException exception, int attempts) =>
        attempts < _maxAttempts ? RewindAction.Rewind : RewindAction.Throw;
}
