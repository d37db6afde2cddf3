namespace Ring.Core;

/// <summary>What to do with an event that was polled.</summary>
/// <remarks>Thread safety: called by the thread that polls.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
/// <param name="evt">The event in its slot; not to be used after the call.</param>
/// <param name="sequence">Its sequence.</param>
/// <param name="endOfBatch">Whether it is the last one of this poll, unless this call asks for a stop.</param>
/// <returns>Whether to go on with the next event of this poll; this one is done either way.</returns>
public delegate bool PollHandler<T>(ref T evt, long sequence, bool endOfBatch);
