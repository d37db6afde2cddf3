namespace Ring.Tracing;

/// <summary>Why a span is not in a log.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum LossReason
{
    /// <summary>The ring was full.</summary>
    RingFull,

    /// <summary>The ring was nearly full, and what is left of it was kept for errors and roots.</summary>
    LowPriority,

    /// <summary>The ring was full for longer than <see cref="TraceLogOptions.BlockTimeout"/>.</summary>
    BlockTimedOut,

    /// <summary>The ids are not in the W3C format.</summary>
    NotW3C,

    /// <summary>The log was being disposed of.</summary>
    Stopped,

    /// <summary>The disk refused, and the memory for what waits was full.</summary>
    WriteFailed,

    /// <summary>Reading or encoding the span failed.</summary>
    EncodeFailed,

    /// <summary>The time for disposal was over.</summary>
    Abandoned,
}
