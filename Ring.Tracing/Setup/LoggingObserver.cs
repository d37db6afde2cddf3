using Microsoft.Extensions.Logging;

namespace Ring.Tracing;

/// <summary>
/// Passes what a log has to say on to the application's logging. A logger that ends spans itself, and has them discarded, is no
/// danger: discarded spans are spoken of every ten seconds at most.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LoggingObserver(ILogger logger) : ITraceLogObserver
{
    public bool IsListening => true;

    public void DiskRefused(string reason) => TraceLogMessages.DiskRefused(logger, reason);

    public void DiskResumed() => TraceLogMessages.DiskResumed(logger);

    public void SpansDiscarded(long count, string reasons) => TraceLogMessages.SpansDiscarded(logger, count, reasons);

    public void Stopped(in StopReport report)
    {
        LogLevel level = report.Abandoned == 0 ? LogLevel.Information : LogLevel.Warning;
        TraceLogMessages.LogStopped(logger, level, report.Drained, report.Abandoned, report.Milliseconds);
    }
}
