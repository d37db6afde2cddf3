namespace Ring.Core;

/// <summary>Rewinds each time, after a pause: for a cause that takes time to go away.</summary>
/// <remarks>
/// LMAX's NanosecondPauseBatchRewindStrategy; .NET sleeps for whole milliseconds. A halt is seen after the pause.
/// Thread safety: an immutable value.
/// </remarks>
public sealed class PausingBatchRewindStrategy : IBatchRewindStrategy
{
    private readonly TimeSpan _pause;

    /// <summary>Pauses before each rewind.</summary>
    /// <param name="pause">From 0 to <see cref="int.MaxValue"/> milliseconds; what is less than one yields the processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pause is outside that range.</exception>
    public PausingBatchRewindStrategy(TimeSpan pause)
    {
        if (pause < TimeSpan.Zero || pause.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(pause), pause, $"Must be from 0 to {int.MaxValue} ms.");
        _pause = pause;
    }

    /// <inheritdoc/>
    public RewindAction HandleRewindException(RewindableException exception, int attempts)
    {
        Thread.Sleep(_pause);
        return RewindAction.Rewind;
    }
}
