namespace Ring.Core;

/// <summary>Rewinds each time, at once; a halt of the processor ends it.</summary>
/// <remarks>Thread safety: has no state.</remarks>
public sealed class SimpleBatchRewindStrategy : IBatchRewindStrategy
{
    /// <inheritdoc/>
    public RewindAction HandleRewindException(RewindableException exception, int attempts) => RewindAction.Rewind;
}
