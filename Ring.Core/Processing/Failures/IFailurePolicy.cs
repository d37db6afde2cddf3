namespace Ring.Core;

/// <summary>
/// An exception handler that also says what becomes of the event: <see cref="OnEventFailure"/> is called instead of
/// <see cref="IExceptionHandler{T}.HandleEventException"/>.
/// </summary>
/// <remarks>Thread safety: called on the threads of all the processors that it was given to.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public interface IFailurePolicy<T> : IExceptionHandler<T>
{
    /// <summary>
    /// <see cref="IEventHandler{T}.OnEvent"/> or <see cref="IWorkHandler{T}.OnEvent"/> threw. What this method throws ends the
    /// processor and closes the ring.
    /// </summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="sequence">The sequence of the event.</param>
    /// <param name="attempts">How often in a row the event has failed at this handler, this time included: 1 or more.</param>
    /// <param name="evt">The event, as the handler left it.</param>
    /// <returns>What to do; with an event that its handler has given back before, go on, whatever is returned.</returns>
    FailureAction OnEventFailure(Exception exception, long sequence, int attempts, ref T evt);
}
