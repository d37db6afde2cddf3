using System.Diagnostics.Tracing;

namespace Ring.Tracing;

/// <summary>The rare events of all logs of the process, for <c>dotnet-trace</c> and the like: <c>Ring-Tracing</c>.</summary>
/// <remarks>Thread-safe. Numbers and parameters are what tools know: they stay as they are, new ones come at the end.</remarks>
[EventSource(Name = SourceName)]
internal sealed class RingTracingEventSource : EventSource
{
    public const string SourceName = "Ring-Tracing";

    public static readonly RingTracingEventSource Log = new();

    private RingTracingEventSource()
    {
    }

    [Event(1, Level = EventLevel.Informational, Message = "A log writes to {0}.")]
    public void LogStarted(string directory) => WriteEvent(1, directory);

    [Event(2, Level = EventLevel.Informational, Message = "A log stopped: drained {0}, abandoned {1}, in {2} ms.")]
    public void LogStopped(long drained, long abandoned, long milliseconds) => WriteEvent(2, drained, abandoned, milliseconds);

    [Event(3, Level = EventLevel.Warning, Message = "The disk refuses: {0}")]
    public void DiskRefused(string reason) => WriteEvent(3, reason);

    [Event(4, Level = EventLevel.Informational, Message = "The disk takes spans again.")]
    public void DiskResumed() => WriteEvent(4);

    [Event(5, Level = EventLevel.Warning, Message = "{0} spans were discarded: {1}")]
    public void SpansDiscarded(long count, string reasons) => WriteEvent(5, count, reasons);
}
