using System.Diagnostics;
using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Sinks.Async;

namespace Ring.Benchmarks.Tracing;

/// <summary>Serilog's file sink behind its asynchronous one, both with default options, and a line of text for each span.</summary>
internal sealed class SerilogPipeline : ISpanPipeline, IAsyncLogEventSinkMonitor
{
    private const string Line = "{Name} {TraceId} {SpanId} {ParentSpanId} {Flags} {Kind} {Start:O} {Duration} {Status} {Tags}";

    private readonly string _path;
    private readonly Logger _logger;
    private readonly ActivityListener _listener;
    private IAsyncLogEventSinkInspector? _sink;

    public SerilogPipeline(string folder)
    {
        _path = Path.Combine(folder, "spans.log");
        _logger = new LoggerConfiguration()
            .WriteTo.Async(sink => sink.File(_path, formatProvider: CultureInfo.InvariantCulture, fileSizeLimitBytes: null), monitor: this)
            .CreateLogger();
        _listener = new ActivityListener
        {
            ShouldListenTo = Work.IsSource,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Log,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Known once the logger was disposed of.</summary>
    public long? Discarded { get; private set; }

    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _sink = inspector;

    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        // What it has dropped is still to be asked for.
    }

    public void Finish()
    {
        _listener.Dispose();
        _logger.Dispose();
        Discarded = _sink!.DroppedMessagesCount;
    }

    public long CountOnDisk() => FileContent.Count([_path], "\n"u8);

    public void Dispose()
    {
        _listener.Dispose();
        _logger.Dispose();
    }

    private void Log(Activity span) => _logger.Information(
        Line,
        span.DisplayName, span.TraceId, span.SpanId, span.ParentSpanId, span.ActivityTraceFlags, span.Kind, span.StartTimeUtc,
        span.Duration, span.Status, span.TagObjects.ToDictionary());
}
