namespace Ring.Core;

/// <summary>Lets the processor go on behind whatever its handler throws.</summary>
/// <remarks>Thread safety: has no state of its own; the report is called on the threads of all the processors that share it.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class IgnoreExceptionHandler<T> : IExceptionHandler<T>
{
    private readonly Action<Exception> _report;

    /// <summary>Ignores exceptions, and tells of each.</summary>
    /// <param name="report">Called with each exception, to count or log it; what it throws ends the processor. Null for silence.</param>
    public IgnoreExceptionHandler(Action<Exception>? report = null) => _report = report ?? (static _ => { });

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleEventException(Exception exception, long sequence, ref T evt) => _report(exception);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnBatchStartException(Exception exception, long sequence) => _report(exception);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnTimeoutException(Exception exception, long sequence) => _report(exception);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnStartException(Exception exception) => _report(exception);

    /// <summary>Reports the exception.</summary>
    /// <inheritdoc/>
    public void HandleOnShutdownException(Exception exception) => _report(exception);
}
