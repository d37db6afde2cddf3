namespace Ring.Core;

/// <summary>Lets a work handler say that it is done with an event before it returns; see <see cref="IEventReleaseAware"/>.</summary>
/// <remarks>Thread safety: for the thread that is in <see cref="IWorkHandler{T}.OnEvent"/>, and for no other.</remarks>
public interface IEventReleaser
{
    /// <summary>
    /// Counts the event in hand as handled: its slot may be claimed again and later stages may handle it, at once. Neither
    /// the handler nor, if it throws after that, the exception handler may touch the event any more. Does nothing when no
    /// event is in hand.
    /// </summary>
    void Release();
}
