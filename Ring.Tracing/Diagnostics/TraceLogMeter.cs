using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ring.Tracing;

/// <summary>
/// The instruments of one log, of the meter <c>Ring.Tracing</c>. What OpenTelemetry's conventions have a name for has that name.
/// Values are read when someone asks, and writes are timed while someone listens; otherwise nothing is done.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TraceLogMeter : IDisposable
{
    public const string MeterName = "Ring.Tracing";

    private const string ComponentType = "Ring.Tracing.TraceLog";
    private const string SpanUnit = "{span}";

    private static int _logs;

    private readonly ITraceLogGauges _log;
    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Histogram<double> _writeDuration;
    private volatile bool _isDisposed;

    /// <param name="log">What is read.</param>
    /// <param name="factory">Makes, and owns, the meter; null for one of this log alone.</param>
    public TraceLogMeter(ITraceLogGauges log, IMeterFactory? factory)
    {
        _log = log;
        MeterOptions options = new(MeterName) { Version = typeof(TraceLog).Assembly.GetName().Version?.ToString(3) };
        _meter = factory?.Create(options) ?? new Meter(options);
        _tags =
        [
            new("otel.component.type", ComponentType),
            new("otel.component.name", $"{ComponentType}/{Interlocked.Increment(ref _logs) - 1}"),
        ];
        _writeDuration = _meter.CreateHistogram<double>(
            "otel.sdk.exporter.operation.duration", "s", "The duration of writing a block of span lines to the file.");
        ObserveSpans();
        ObserveFiles();
    }

    /// <summary>The moment, to be given to <see cref="EndWrite"/>; 0 while nobody listens.</summary>
    public long BeginWrite() => _writeDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Records the duration of a write.</summary>
    public void EndWrite(long begun)
    {
        if (begun == 0 || _isDisposed)
            return;

        try
        {
            _writeDuration.Record((Stopwatch.GetTimestamp() - begun) / (double)Stopwatch.Frequency, _tags);
        }
        catch (Exception)
        {
            // A listener of the application. What was written is written all the same.
        }
    }

    /// <summary>
    /// Takes the instruments away. Those of a factory's meter live as long as the factory, and have nothing to say any more.
    /// </summary>
    public void Dispose()
    {
        _isDisposed = true;
        _meter.Dispose();
    }

    private void ObserveSpans()
    {
        _meter.CreateObservableUpDownCounter(
            "otel.sdk.processor.span.queue.size", () => Of(_log.Counts.InFlight), SpanUnit,
            "The number of spans in the ring, or waiting for a disk that refused them.");
        _meter.CreateObservableUpDownCounter(
            "otel.sdk.processor.span.queue.capacity", () => Of(_log.RingSize), SpanUnit,
            "The number of slots of the ring.");
        _meter.CreateObservableCounter(
            "otel.sdk.processor.span.processed", Processed, SpanUnit,
            "The number of spans that are in a file or, with error.type, were discarded.");
        _meter.CreateObservableCounter(
            "ring.tracing.span.unrouted", () => Of(_log.Counts.Unrouted), SpanUnit,
            "The number of spans that no log takes, by the rules of the logs.");
    }

    private void ObserveFiles()
    {
        _meter.CreateObservableCounter(
            "ring.tracing.file.io", () => Of(_log.Counts.BytesWritten), "By", "The bytes in all span files.");
        _meter.CreateObservableCounter(
            "ring.tracing.file.created", () => Of(_log.Counts.FilesCreated), "{file}", "The number of span files.");
        _meter.CreateObservableCounter(
            "ring.tracing.file.sync.time", () => Of(_log.SumOfFiles(static files => files.SyncTicks) / (double)Stopwatch.Frequency), "s",
            "The time that synchronising files with the disk has taken.");
        ObserveFiles("deleted", static files => files.Deleted, "too many, too old or too large together");
        ObserveFiles("compressed", static files => files.Compressed, "made archives");
        ObserveFiles("closed_off", static files => files.ClosedOff, "left by dead processes and had a torn last line, which was ended");
        _meter.CreateObservableCounter(
            "ring.tracing.file.failed", Failed, "{operation}", "The number of operations on files that failed, and were or will be tried again.");
        _meter.CreateObservableCounter(
            "ring.tracing.statistic.discarded", () => Of(_log.Counts.StatisticLinesDiscarded), "{line}",
            "The number of lines of the statistic log that the disk refused for too long.");
    }

    private void ObserveFiles(string name, Func<FileCounters, long> counter, string reason) =>
        _meter.CreateObservableCounter(
            "ring.tracing.file." + name, () => Of(_log.SumOfFiles(counter)), "{file}", $"The number of files that were {reason}.");

    private IEnumerable<Measurement<T>> Of<T>(T value)
        where T : struct =>
        _isDisposed ? [] : [new Measurement<T>(value, _tags)];

    private IEnumerable<Measurement<long>> Failed() => _isDisposed
        ? []
        :
        [
            Failed("write", static files => files.WriteFailures),
            Failed("sync", static files => files.SyncFailures),
            Failed("keep", static files => files.KeepingFailures),
        ];

    private Measurement<long> Failed(string operation, Func<FileCounters, long> counter) =>
        new(_log.SumOfFiles(counter), [.. _tags, new("ring.tracing.file.operation", operation)]);

    private List<Measurement<long>> Processed()
    {
        if (_isDisposed)
            return [];

        TraceLogCounts counts = _log.Counts;
        List<Measurement<long>> measurements = [new(counts.Written, _tags)];
        foreach (LossReason reason in LossReasons.All)
            measurements.Add(new Measurement<long>(counts.DiscardedFor(reason), [.. _tags, new("error.type", LossReasons.NameOf(reason))]));

        return measurements;
    }
}
