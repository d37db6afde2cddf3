namespace Ring.Core;

/// <summary>A handler as a delegate, see <see cref="IEventHandler{T}.OnEvent"/>.</summary>
/// <remarks>Thread safety: one thread calls it, that of the processor it was given to.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
/// <param name="evt">The event in its slot; not to be used after the call.</param>
/// <param name="sequence">Its sequence.</param>
/// <param name="endOfBatch">Whether it is the last of its batch: the time to flush.</param>
public delegate void EventAction<T>(ref T evt, long sequence, bool endOfBatch);
