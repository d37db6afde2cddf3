using Microsoft.Extensions.Logging;

namespace Ring.Tracing;

/// <summary>The messages of a log to the application's own logging.</summary>
/// <remarks>Thread-safe.</remarks>
internal static partial class TraceLogMessages
{
    [LoggerMessage(EventId = 2, Message = "Trace log stopped: drained {Drained}, abandoned {Abandoned}, in {Milliseconds} ms.")]
    public static partial void LogStopped(ILogger logger, LogLevel level, long drained, long abandoned, long milliseconds);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The disk refuses spans: {Reason}")]
    public static partial void DiskRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "The disk takes spans again.")]
    public static partial void DiskResumed(ILogger logger);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "{Count} spans were discarded: {Reasons}.")]
    public static partial void SpansDiscarded(ILogger logger, long count, string reasons);
}
