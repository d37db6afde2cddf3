namespace Ring.Core;

/// <summary>What a consumer does with each event.</summary>
/// <remarks>Thread safety: one thread calls it, that of the processor it was given to.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public interface IEventHandler<T>
{
    /// <summary>Handles one event. An exception goes to the <see cref="IExceptionHandler{T}"/>.</summary>
    /// <param name="evt">
    /// The event in its slot; by reference, so that a struct is not copied. Not to be used after the call.
    /// </param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="endOfBatch">Whether it is the last of its batch: the time to flush.</param>
    void OnEvent(ref T evt, long sequence, bool endOfBatch);
}
