using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A log that is as the test says.</summary>
internal sealed class StubGauges : ITraceLogGauges
{
    public TraceLogCounts Counts { get; private set; }

    public int RingSize => 64;

    public string? DiskTrouble { get; set; }

    public void Set(long written = 0, long ringFull = 0, long writeFailed = 0, long abandoned = 0, long inFlight = 0)
    {
        DrainedCounts drained = new() { Written = written, WriteFailed = writeFailed, Abandoned = abandoned };
        OfferedCounts offered = new(drained.Total + inFlight, ringFull, stopped: 0, notW3C: 0);
        Counts = new TraceLogCounts(in offered, in drained, filesCreated: 1);
    }
}
