namespace Ring.Core;

/// <summary>
/// A claim was refused because the ring is closed: it was shut down, or a consumer of it has died, in which case
/// <see cref="Exception.InnerException"/> is the cause.
/// </summary>
/// <remarks>Thread safety: as every exception, for one thread at a time.</remarks>
public sealed class RingClosedException : InvalidOperationException
{
    private const string DefaultMessage = "The ring is closed: it takes no more events.";

    /// <summary>The ring was closed without a cause.</summary>
    public RingClosedException()
        : base(DefaultMessage)
    {
    }

    /// <summary>The ring was closed.</summary>
    /// <param name="message">What the exception says.</param>
    public RingClosedException(string message)
        : base(message)
    {
    }

    /// <summary>The ring was closed for a cause.</summary>
    /// <param name="message">What the exception says.</param>
    /// <param name="innerException">The cause; null when there is none.</param>
    public RingClosedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal static RingClosedException For(Exception? cause) => cause is null
        ? new RingClosedException()
        : new RingClosedException($"{DefaultMessage} The cause: {cause.Message}", cause);
}
