namespace Ring.Core;

/// <summary>How long a claim waits for room: until a moment comes, or until it is called off.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
internal readonly struct Patience
{
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellationToken;

    public Patience(Deadline deadline, CancellationToken cancellationToken)
    {
        _deadline = deadline;
        _cancellationToken = cancellationToken;
    }

    /// <summary>As long as it takes.</summary>
    public static Patience Endless => new(Deadline.Never, CancellationToken.None);

    /// <summary>Whether the wait ends by itself.</summary>
    public bool HasDeadline => _deadline.RemainingMilliseconds != Timeout.Infinite;

    /// <summary>Whether the time is over, or the wait was called off.</summary>
    public bool IsOver => _cancellationToken.IsCancellationRequested || _deadline.HasPassed;

    /// <inheritdoc cref="Deadline.RemainingMilliseconds"/>
    public int RemainingMilliseconds => _deadline.RemainingMilliseconds;

    /// <exception cref="OperationCanceledException">The wait was called off; with the token.</exception>
    public void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Calls <paramref name="wake"/> when the wait is called off, also when it was before, until disposed of.</summary>
    public CancellationTokenRegistration WhenCancelled(Action wake) => _cancellationToken.Register(wake);
}
