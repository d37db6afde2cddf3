namespace Ring.Core;

/// <summary>What a handler wants to be told besides its events; what it throws then goes to the exception handler.</summary>
/// <remarks>Thread safety: for the processor's thread; the exception handler is set before it runs.</remarks>
internal sealed class HandlerCallbacks<T>(object handler)
{
    private readonly ILifecycleAware? _lifecycle = handler as ILifecycleAware;
    private readonly IBatchStartAware? _batchStarts = handler as IBatchStartAware;
    private readonly ITimeoutHandler? _timeouts = handler as ITimeoutHandler;

    public IExceptionHandler<T> ExceptionHandler { get; set; } = new FatalExceptionHandler<T>();

    public void NotifyStart()
    {
        try
        {
            _lifecycle?.OnStart();
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnStartException(exception);
        }
    }

    public void NotifyShutdown()
    {
        try
        {
            _lifecycle?.OnShutdown();
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnShutdownException(exception);
        }
    }

    public void NotifyTimeout(long sequence)
    {
        try
        {
            _timeouts?.OnTimeout(sequence);
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnTimeoutException(exception, sequence);
        }
    }

    /// <param name="first">The first sequence of the batch.</param>
    /// <param name="last">The last one.</param>
    /// <param name="available">The last one that could be handled.</param>
    public void NotifyBatchStart(long first, long last, long available)
    {
        if (_batchStarts is null)
            return;
        try
        {
            _batchStarts.OnBatchStart(last - first + 1, available - first + 1);
        }
        catch (Exception exception)
        {
            ExceptionHandler.HandleOnBatchStartException(exception, first);
        }
    }
}
