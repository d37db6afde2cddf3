namespace Ring.Tracing;

/// <summary>What happens to a span that ends while the ring is full, because the disk is slower than the application.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum OverflowPolicy
{
    /// <summary>
    /// The span is discarded and counted in <see cref="TraceLogCounts.RingFull"/>. The application never waits.
    /// </summary>
    DiscardNewest,

    /// <summary>
    /// The thread that ends the span waits until there is room, for <see cref="TraceLogOptions.BlockTimeout"/> at most, which is for
    /// ever unless told otherwise: then no span is discarded for want of room. A disk that refuses is waited for no longer than its
    /// spans fit the memory; one that hangs, until it answers or the log is disposed of. Not for spans that end under a lock which
    /// the <c>ToString</c> of a tag's value takes too: the two would wait for each other.
    /// </summary>
    Block,

    /// <summary>
    /// As <see cref="DiscardNewest"/>, but the last quarter of the ring is kept for errors and for the first spans of a trace: others
    /// are discarded before, and counted in <see cref="TraceLogCounts.LowPriority"/>. The application never waits.
    /// </summary>
    DiscardByPriority,
}
