namespace Ring.Core;

/// <summary>Gives an event that failed to its handler again, a number of times; then another exception handler decides.</summary>
/// <remarks>
/// A halt of the processor ends the retries, with the event still in front of it. Thread safety: an immutable value, as far as
/// the exception handler behind it is one.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class RetryExceptionHandler<T> : IFailurePolicy<T>
{
    private readonly int _retries;
    private readonly RetryPause _pause;
    private readonly IExceptionHandler<T> _then;

    /// <summary>Retries an event.</summary>
    /// <param name="retries">How often, after the first time: 0 or more.</param>
    /// <param name="then">What happens then, and with exceptions that are not about an event.</param>
    /// <param name="pause">
    /// Before each retry: from 0, which is the default, to <see cref="int.MaxValue"/> milliseconds, rounded up to whole
    /// ones. A halt is seen after it.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="then"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number or the pause is outside its range.</exception>
    public RetryExceptionHandler(int retries, IExceptionHandler<T> then, TimeSpan pause = default)
    {
        if (retries < 0)
            throw new ArgumentOutOfRangeException(nameof(retries), retries, "Must be 0 or more.");
        _retries = retries;
        _then = then ?? throw new ArgumentNullException(nameof(then));
        _pause = new RetryPause(pause, nameof(pause));
    }

    /// <inheritdoc/>
    public FailureAction OnEventFailure(Exception exception, long sequence, int attempts, ref T evt)
    {
        if (attempts > _retries)
            return AskNext(exception, sequence, attempts - _retries, ref evt);
        _pause.Take();
        return FailureAction.Retry;
    }

    /// <inheritdoc/>
    public void HandleEventException(Exception exception, long sequence, ref T evt) =>
        _then.HandleEventException(exception, sequence, ref evt);

    /// <inheritdoc/>
    public void HandleOnBatchStartException(Exception exception, long sequence) =>
        _then.HandleOnBatchStartException(exception, sequence);

    /// <inheritdoc/>
    public void HandleOnTimeoutException(Exception exception, long sequence) => _then.HandleOnTimeoutException(exception, sequence);

    /// <inheritdoc/>
    public void HandleOnStartException(Exception exception) => _then.HandleOnStartException(exception);

    /// <inheritdoc/>
    public void HandleOnShutdownException(Exception exception) => _then.HandleOnShutdownException(exception);

    private FailureAction AskNext(Exception exception, long sequence, int attempts, ref T evt)
    {
        if (_then is IFailurePolicy<T> policy)
            return policy.OnEventFailure(exception, sequence, attempts, ref evt);
        _then.HandleEventException(exception, sequence, ref evt);
        return FailureAction.Continue;
    }
}
