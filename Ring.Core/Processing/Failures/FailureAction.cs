namespace Ring.Core;

/// <summary>What to do with an event whose handler threw.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum FailureAction
{
    /// <summary>Go on with the next event. This one counts as handled, and later stages see it.</summary>
    Continue,

    /// <summary>Give the same event to the handler again.</summary>
    Retry,

    /// <summary>
    /// Go on with the next event, and keep this one from the stages that come after this handler. Handlers beside it see it. A
    /// processor of your own asks <see cref="SequenceBarrier.IsSkipped"/>; those behind it see the event.
    /// </summary>
    Skip,
}
