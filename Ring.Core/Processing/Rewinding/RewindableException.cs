namespace Ring.Core;

/// <summary>
/// Thrown by a handler that wants its whole batch again, from the first event on; the processor's
/// <see cref="IBatchRewindStrategy"/> decides. Without such a strategy it is an exception as any other.
/// </summary>
/// <remarks>Thread safety: as every exception, for one thread at a time.</remarks>
public class RewindableException : Exception
{
    /// <summary>Asks for the batch again.</summary>
    public RewindableException()
        : base("The handler asks for its batch again.")
    {
    }

    /// <summary>Asks for the batch again.</summary>
    /// <param name="message">Why.</param>
    public RewindableException(string message)
        : base(message)
    {
    }

    /// <summary>Asks for the batch again.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">What went wrong; null when nothing was thrown.</param>
    public RewindableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
