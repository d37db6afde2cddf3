namespace Ring.Tracing;

/// <summary>One caller of flush, waiting until everything up to a sequence is settled.</summary>
/// <remarks>Thread-safe. What the caller does next never runs on the drain thread.</remarks>
internal sealed class FlushWaiter(long target, FlushLevel level)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public long Target { get; } = target;

    public FlushLevel Level { get; } = level;
}
