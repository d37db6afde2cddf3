namespace Ring.Core;

/// <summary>
/// For work handlers that go on long after they have taken what they need out of the event, and let go of it before.
/// </summary>
/// <remarks>Thread safety: called once, on the thread that makes the pool.</remarks>
public interface IEventReleaseAware
{
    /// <summary>Called when the handler becomes part of a pool.</summary>
    /// <param name="releaser">What to call from <see cref="IWorkHandler{T}.OnEvent"/>.</param>
    void SetEventReleaser(IEventReleaser releaser);
}
