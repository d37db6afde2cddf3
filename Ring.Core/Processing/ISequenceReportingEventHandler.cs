namespace Ring.Core;

/// <summary>For handlers that give slots back before the end of a batch.</summary>
/// <remarks>Thread safety: the processor's thread calls the handler, and it alone may move the sequence that it was given.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public interface ISequenceReportingEventHandler<T> : IEventHandler<T>
{
    /// <summary>Called once, when the processor is made.</summary>
    /// <param name="sequence">
    /// The processor's position. Moved up to an event that the handler is done with, it lets producers and later stages go on;
    /// the processor moves it by itself at the end of the batch. It must not be moved beyond the event in hand.
    /// </param>
    void SetSequenceCallback(Sequence sequence);
}
