namespace Ring.Core;

/// <summary>Lets a delegate stand where a handler is asked for.</summary>
/// <remarks>Thread safety: as the delegate.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class DelegateEventHandler<T> : IEventHandler<T>
{
    private readonly EventAction<T> _onEvent;

    /// <summary>Calls a delegate for each event.</summary>
    /// <param name="onEvent">What to call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="onEvent"/> is null.</exception>
    public DelegateEventHandler(EventAction<T> onEvent) => _onEvent = onEvent ?? throw new ArgumentNullException(nameof(onEvent));

    /// <summary>A handler for each delegate.</summary>
    internal static IEventHandler<T>[] For(EventAction<T>[] handlers)
    {
        if (handlers is null)
            throw new ArgumentNullException(nameof(handlers));
        int missing = Array.IndexOf(handlers, null);
        return missing < 0
            ? Array.ConvertAll(handlers, IEventHandler<T> (handler) => new DelegateEventHandler<T>(handler))
            : throw new ArgumentNullException(nameof(handlers), $"Handler {missing} is null.");
    }

    /// <inheritdoc/>
    public void OnEvent(ref T evt, long sequence, bool endOfBatch) => _onEvent(ref evt, sequence, endOfBatch);
}
