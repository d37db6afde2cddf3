namespace Ring.Tracing;

/// <summary>What happens to a span that ends while the ring is full, because the disk is slower than the application.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum OverflowPolicy
{
    /// <summary>
    /// The span is discarded and counted in <see cref="TraceLogCounts.RingFull"/>. The application never waits.
    /// </summary>
    DiscardNewest,

    /// <summary>The thread that ends the span waits until there is room. No span is discarded for want of room.</summary>
    Block,
}
