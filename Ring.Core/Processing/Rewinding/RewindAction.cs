namespace Ring.Core;

/// <summary>What to do when a handler has asked for its batch again.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum RewindAction
{
    /// <summary>Handle the batch again from its first event.</summary>
    Rewind,

    /// <summary>Take it for a failure of the event in hand: the <see cref="IExceptionHandler{T}"/> is asked.</summary>
    Throw,
}
