using System.Runtime.ExceptionServices;

namespace Ring.Core;

/// <summary>
/// The default: an exception ends the processor and closes the ring, so that producers are told instead of waiting for a
/// consumer that is gone.
/// </summary>
/// <remarks>Thread safety: has no state.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class FatalExceptionHandler<T> : IExceptionHandler<T>
{
    /// <summary>Throws the exception again.</summary>
    /// <inheritdoc/>
    public void HandleEventException(Exception exception, long sequence, ref T evt) => Rethrow(exception);

    /// <summary>Throws the exception again.</summary>
    /// <inheritdoc/>
    public void HandleOnBatchStartException(Exception exception, long sequence) => Rethrow(exception);

    /// <summary>Throws the exception again.</summary>
    /// <inheritdoc/>
    public void HandleOnTimeoutException(Exception exception, long sequence) => Rethrow(exception);

    /// <summary>Throws the exception again.</summary>
    /// <inheritdoc/>
    public void HandleOnStartException(Exception exception) => Rethrow(exception);

    /// <summary>Throws the exception again.</summary>
    /// <inheritdoc/>
    public void HandleOnShutdownException(Exception exception) => Rethrow(exception);

    private static void Rethrow(Exception exception) => ExceptionDispatchInfo.Capture(exception).Throw();
}
