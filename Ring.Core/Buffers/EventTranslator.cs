namespace Ring.Core;

/// <summary>Fills a claimed event.</summary>
/// <remarks>Thread safety: called on the thread that publishes. A static one allocates nothing.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
/// <param name="evt">The event, as it was left by the lap before.</param>
/// <param name="sequence">Its sequence.</param>
public delegate void EventTranslator<T>(ref T evt, long sequence);
