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

    /// <summary>What was done with the files, summed up over all of them, the statistic files included.</summary>
    long SumOfFiles(Func<FileCounters, long> counter);

    /// <summary>Why the disk refuses at present, or null while it takes what it is given.</summary>
    string? DiskTrouble { get; }
}
