namespace Ring.Core;

/// <summary>
/// What happens when a handler throws. A method that returns lets the processor go on behind the failed event; one that
/// throws ends the processor, and closes the ring with that exception as the cause.
/// </summary>
/// <remarks>Thread safety: called on the threads of all the processors that it was given to.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public interface IExceptionHandler<T>
{
    /// <summary><see cref="IEventHandler{T}.OnEvent"/> or <see cref="IWorkHandler{T}.OnEvent"/> threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="sequence">The sequence of the event.</param>
    /// <param name="evt">The event, as the handler left it; not to be touched if a work handler has released it.</param>
    void HandleEventException(Exception exception, long sequence, ref T evt);

    /// <summary><see cref="IBatchStartAware.OnBatchStart"/> threw. When this returns, the batch is handled all the same.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="sequence">The first sequence of the batch.</param>
    void HandleOnBatchStartException(Exception exception, long sequence);

    /// <summary><see cref="ITimeoutHandler.OnTimeout"/> threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="sequence">The last sequence that was handled.</param>
    void HandleOnTimeoutException(Exception exception, long sequence);

    /// <summary><see cref="ILifecycleAware.OnStart"/> threw.</summary>
    /// <param name="exception">What it threw.</param>
    void HandleOnStartException(Exception exception);

    /// <summary><see cref="ILifecycleAware.OnShutdown"/> threw.</summary>
    /// <param name="exception">What it threw.</param>
    void HandleOnShutdownException(Exception exception);
}
