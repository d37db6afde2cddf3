namespace Ring.Core;

/// <summary>Decides whether a batch whose handler threw a <see cref="RewindableException"/> is handled again.</summary>
/// <remarks>Thread safety: called on the threads of all the processors that it was given to.</remarks>
public interface IBatchRewindStrategy
{
    /// <summary>
    /// Called after each attempt that ended in a <see cref="RewindableException"/>. What it throws itself is taken for a
    /// failure of the event in hand.
    /// </summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="attempts">
    /// How often in a row this processor's batch has ended so, this time included: 1 or more. It begins anew once a batch was
    /// handled, or was not rewound.
    /// </param>
    /// <returns>What to do.</returns>
    RewindAction HandleRewindException(RewindableException exception, int attempts);
}
