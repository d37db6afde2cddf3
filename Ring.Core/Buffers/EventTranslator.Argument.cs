namespace Ring.Core;

/// <summary>Fills a claimed event with something.</summary>
/// <remarks>Thread safety: called on the thread that publishes. A static one allocates nothing.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
/// <typeparam name="TArg">What the event is filled with; a tuple for several.</typeparam>
/// <param name="evt">The event, as it was left by the lap before.</param>
/// <param name="sequence">Its sequence.</param>
/// <param name="arg">What to fill it with.</param>
public delegate void EventTranslator<T, TArg>(ref T evt, long sequence, TArg arg);
