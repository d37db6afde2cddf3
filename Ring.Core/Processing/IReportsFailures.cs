namespace Ring.Core;

/// <summary>A processor that asks an exception handler what to do.</summary>
/// <remarks>Thread safety: to be set before a run.</remarks>
internal interface IReportsFailures<T>
{
    void SetExceptionHandler(IExceptionHandler<T> exceptionHandler);
}
