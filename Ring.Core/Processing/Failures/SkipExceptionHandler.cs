namespace Ring.Core;

/// <summary>
/// Lets the processor go on behind whatever its handler throws, and keeps an event that failed from the stages after it. Handlers
/// beside it see the event.
/// </summary>
/// <remarks>
/// An event that its handler has given back before it threw is not kept from anybody: later stages may have it already. Thread
/// safety: has no state of its own; the report is called on the threads of all the processors that share it.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class SkipExceptionHandler<T> : IFailurePolicy<T>
{
    private readonly IgnoreExceptionHandler<T> _other;

    /// <summary>Skips events that fail, and tells of each exception.</summary>
    /// <param name="report">Called with each exception, to count or log it; what it throws ends the processor. Null for silence.</param>
    public SkipExceptionHandler(Action<Exception>? report = null) => _other = new IgnoreExceptionHandler<T>(report);

    /// <summary>Reports the exception, and skips the event.</summary>
    /// <inheritdoc/>
    public FailureAction OnEventFailure(Exception exception, long sequence, int attempts, ref T evt)
    {
        _other.HandleEventException(exception, sequence, ref evt);
        return FailureAction.Skip;
    }

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleEventException(Exception exception, long sequence, ref T evt) =>
        _other.HandleEventException(exception, sequence, ref evt);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnBatchStartException(Exception exception, long sequence) =>
        _other.HandleOnBatchStartException(exception, sequence);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnTimeoutException(Exception exception, long sequence) => _other.HandleOnTimeoutException(exception, sequence);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnStartException(Exception exception) => _other.HandleOnStartException(exception);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnShutdownException(Exception exception) => _other.HandleOnShutdownException(exception);
}
