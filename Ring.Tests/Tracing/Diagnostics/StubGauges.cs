using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A log that is as the test says.</summary>
internal sealed class StubGauges : ITraceLogGauges
{
    // Made once: setting allocates nothing.
    private readonly Func<LossReason, long> _lost;
    private long _ringFull;

    public StubGauges() => _lost = reason => reason is LossReason.RingFull ? _ringFull : 0;

    public TraceLogCounts Counts { get; private set; }

    public int RingSize => 64;

    public int DiscardReportThreshold { get; set; } = 500;

    public FileCounters Files { get; } = new();

    public string? DiskTrouble { get; set; }

    public long SumOfFiles(Func<FileCounters, long> counter) => counter(Files);

    public void Set(long written = 0, long ringFull = 0, long writeFailed = 0, long abandoned = 0, long inFlight = 0)
    {
        DrainedCounts drained = new() { Written = written, WriteFailed = writeFailed, Abandoned = abandoned };
        _ringFull = ringFull;
        Counts = new TraceLogCounts(drained.Total + inFlight, _lost, in drained, filesCreated: 1);
    }
}
