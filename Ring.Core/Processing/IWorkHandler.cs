namespace Ring.Core;

/// <summary>What a worker of a <see cref="WorkerPool{T}"/> does with each event that it takes; the others do not see it.</summary>
/// <remarks>Thread safety: one thread calls it, that of its worker.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public interface IWorkHandler<T>
{
    /// <summary>Handles one event. An exception goes to the <see cref="IExceptionHandler{T}"/>.</summary>
    /// <param name="evt">
    /// The event in its slot; by reference, so that a struct is not copied. Not to be used after the call, nor after
    /// <see cref="IEventReleaser.Release"/>.
    /// </param>
    /// <param name="sequence">Its sequence. Each worker sees its own in ascending order.</param>
    void OnEvent(ref T evt, long sequence);
}
