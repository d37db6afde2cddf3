namespace Ring.Tracing;

/// <summary>The reasons for which spans are lost, and the words for them in gap records, metrics and messages.</summary>
internal static class LossReasons
{
    /// <summary>Each once.</summary>
    public static IReadOnlyList<LossReason> All { get; } =
    [
        LossReason.RingFull, LossReason.LowPriority, LossReason.BlockTimedOut, LossReason.NotW3C, LossReason.Stopped,
        LossReason.WriteFailed, LossReason.EncodeFailed, LossReason.Abandoned,
    ];

    /// <summary>In lower case, with underscores. Those of the ring and of the end are called as in OpenTelemetry's SDKs.</summary>
    public static string NameOf(LossReason reason) => reason switch
    {
        LossReason.RingFull => "queue_full",
        LossReason.LowPriority => "low_priority",
        LossReason.BlockTimedOut => "block_timed_out",
        LossReason.NotW3C => "not_w3c",
        LossReason.Stopped => "already_shutdown",
        LossReason.WriteFailed => "write_failed",
        LossReason.EncodeFailed => "encode_failed",
        _ => "abandoned",
    };
}
