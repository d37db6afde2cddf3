namespace Ring.Tracing;

/// <summary>Passes what a log has to say on to the event source.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EventSourceObserver : ITraceLogObserver
{
    public bool IsListening => RingTracingEventSource.Log.IsEnabled();

    public void DiskRefused(string reason) => RingTracingEventSource.Log.DiskRefused(reason);

    public void DiskResumed() => RingTracingEventSource.Log.DiskResumed();

    public void SpansDiscarded(long count, string reasons) => RingTracingEventSource.Log.SpansDiscarded(count, reasons);

    public void Stopped(in StopReport report) =>
        RingTracingEventSource.Log.LogStopped(report.Drained, report.Abandoned, report.Milliseconds);
}
