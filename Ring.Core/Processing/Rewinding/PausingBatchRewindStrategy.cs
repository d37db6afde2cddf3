namespace Ring.Core;

/// <summary>Rewinds each time, after a pause: for a cause that takes time to go away.</summary>
/// <remarks>
/// LMAX's NanosecondPauseBatchRewindStrategy; .NET sleeps for whole milliseconds. A halt is seen after the pause.
/// Thread safety: an immutable value.
/// </remarks>
public sealed class PausingBatchRewindStrategy : IBatchRewindStrategy
{
    private readonly RetryPause _pause;

    /// <summary>Pauses before each rewind.</summary>
    /// <param name="pause">From 0 to <see cref="int.MaxValue"/> milliseconds, rounded up to whole ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pause is outside that range.</exception>
    public PausingBatchRewindStrategy(TimeSpan pause) => _pause = new RetryPause(pause, nameof(pause));

    /// <inheritdoc/>
    public RewindAction HandleRewindException(RewindableException exception, int attempts)
    {
        _pause.Take();
        return RewindAction.Rewind;
    }
}
