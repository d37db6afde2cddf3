namespace Ring.Tracing;

/// <summary>What can be read off a log at any time.</summary>
/// <remarks>Thread-safe, and never waits for the disk.</remarks>
internal interface ITraceLogGauges
{
    TraceLogCounts Counts { get; }

    /// <summary>Slots of the ring.</summary>
    int RingSize { get; }

    /// <summary>After how many discarded spans that is said again.</summary>
    int DiscardReportThreshold { get; }

    /// <summary>The time that synchronising files with the disk has taken.</summary>
    TimeSpan SyncTime { get; }

    /// <summary>Why the disk refuses at present, or null while it takes what it is given.</summary>
    string? DiskTrouble { get; }
}
