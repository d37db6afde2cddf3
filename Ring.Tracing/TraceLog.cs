using System.Diagnostics;
using System.Diagnostics.Metrics;
#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>
/// Every finished span of the chosen activity sources, on disk: captured on the thread that ends it, handed through a ring to one
/// thread, and written there as OTLP/JSON lines, with a statistic log beside. No exception reaches the application, memory is
/// bounded, and <see cref="Counts"/> accounts for every span.
/// </summary>
/// <remarks>
/// <para>Thread safety: every member may be called by every thread at any time.</para>
/// <para>
/// Spans that end after the log was made are captured, also those that were started before. Other listeners are left alone: the
/// log asks for all data of a span, unless <see cref="TraceLogOptions.CaptureUnsampled"/> is false, and never sets its sampled flag.
/// </para>
/// </remarks>
public sealed class TraceLog : IDisposable, IAsyncDisposable, ITraceLogGauges
{
    private readonly Lock _disposal = new();
    private readonly Ledger _ledger = new();
    private readonly DiscardedTraces _discardedTraces = new();
    private readonly FileWorker _fileWorker = new();
    private readonly Dictionary<string, int> _lineLogs;
    private readonly SpanLog[] _logs;
    private readonly RollingFile _statisticFile;
    private readonly SpanPipeline _pipeline;
    private readonly TraceLogMeter _meter;
    private readonly TraceLogWatch _watch;
    private readonly SpanCapture _capture;
    private readonly int _discardReportThreshold;
    private bool _isDisposed;

    /// <summary>Makes the first file and starts to capture.</summary>
    /// <param name="options">How to capture and write; read once, here.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// An option is not valid; the message names it, its value and what is allowed.
    /// </exception>
    /// <exception cref="IOException">The folder or the first file cannot be made, the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make the folder or a file in it.</exception>
    public TraceLog(TraceLogOptions options)
        : this(options, DiskFileOpener.Instance, Clock.System)
    {
    }

    internal TraceLog(TraceLogOptions options, IMeterFactory? meters, ITraceLogObserver? observer)
        : this(options, DiskFileOpener.Instance, Clock.System, meters, observer)
    {
    }

    internal TraceLog(
        TraceLogOptions options, IFileOpener opener, Clock clock, IMeterFactory? meters = null, ITraceLogObserver? observer = null)
    {
        (options ?? throw new ArgumentNullException(nameof(options))).Validate();
        string directory = Path.GetFullPath(options.Directory);
        MakeFolder(directory);
        SpanLogFactory factory = new(options, directory, opener, clock, _fileWorker);
        _logs = factory.CreateLogs();
        _lineLogs = factory.LineLogs;
        (RollingFile statisticFile, LineWriter statisticLines, StatisticLog statistics) = factory.CreateStatistics();
        _statisticFile = statisticFile;
        SpanDrain drain = new(_logs, statistics, statisticLines, statisticFile, _ledger, _discardedTraces, options.Redact, clock);
        _pipeline = new SpanPipeline(options, drain, _ledger, _discardedTraces);

        _discardReportThreshold = options.DiscardReportThreshold;
        OpenFirst(directory);
        _meter = new TraceLogMeter(this, meters);
        _watch = new TraceLogWatch(this, clock, observer is null ? [new EventSourceObserver()] : [new EventSourceObserver(), observer]);
        _pipeline.Start(_meter);
        _watch.Start();
        _capture = new SpanCapture(
            new SourceSelector(new SourceNameFilter(options.Sources), options.SourceFilter), _pipeline.Publish, options.CaptureUnsampled);
        RingTracingEventSource.Log.LogStarted(directory);
        // Until it is disposed of, the log lives as long as its drain thread, anyway: nothing is kept alive by this.
        if (options.DrainOnProcessExit)
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>What became of every span so far. A consistent snapshot, see <see cref="TraceLogCounts"/>.</summary>
    public TraceLogCounts Counts => _ledger.Read(_logs.Sum(static log => log.File.Count));

    /// <summary>
    /// The full paths of the files that this log made for spans and lines and that are still kept, oldest first in each of its logs. An
    /// archive stands in the place of its file.
    /// </summary>
    public IReadOnlyList<string> Files => [.. _logs.SelectMany(static log => log.File.Paths)];

    /// <summary>
    /// The full paths of the statistic files that this log made and that are still kept, oldest first. The first is made at the end
    /// of an interval.
    /// </summary>
    public IReadOnlyList<string> StatisticFiles => _statisticFile.Paths;

    int ITraceLogGauges.RingSize => _pipeline.RingSize;

    int ITraceLogGauges.DiscardReportThreshold => _discardReportThreshold;

    string? ITraceLogGauges.DiskTrouble => AllFiles.Select(static file => file.Trouble).FirstOrDefault(static trouble => trouble is not null);

    private IEnumerable<RollingFile> AllFiles => _logs.Select(static log => log.File).Append(_statisticFile);

    long ITraceLogGauges.SumOfFiles(Func<FileCounters, long> counter) => AllFiles.Sum(file => counter(file.Counters));

    /// <summary>Makes options, has them filled in, and starts a log.</summary>
    /// <param name="configure">Fills the options in; at least <see cref="TraceLogOptions.Directory"/> and
    /// <see cref="TraceLogOptions.Sources"/>.</param>
    /// <returns>The log, to be disposed of before the process ends, or the last spans are lost.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// An option is not valid; the message names it, its value and what is allowed.
    /// </exception>
    /// <exception cref="IOException">The folder or the first file cannot be made, the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make the folder or a file in it.</exception>
    public static TraceLog Start(Action<TraceLogOptions> configure)
    {
        if (configure is null)
            throw new ArgumentNullException(nameof(configure));

        TraceLogOptions options = new();
        configure(options);
        return new TraceLog(options);
    }

    /// <summary>
    /// Records a span that has ended and had no <see cref="Activity"/>; allocates nothing. Where there is an activity, do not record
    /// its span again: it is captured.
    /// </summary>
    /// <example>
    /// <code>
    /// using (SpanWriter span = log.Record(SpanIds.NewRoot(), "load order", ActivityKind.Internal, startUtc, duration))
    ///     span.SetTag("order.id", 4711);
    /// </code>
    /// </example>
    /// <param name="ids">The ids of the span, from <see cref="SpanIds.NewRoot"/> or <see cref="SpanIds.ChildOf"/>.</param>
    /// <param name="name">The name.</param>
    /// <param name="kind">What the span is in a call.</param>
    /// <param name="startUtc">When it began, in UTC.</param>
    /// <param name="duration">How long it lasted; less than zero counts as zero.</param>
    /// <returns>Takes the attributes; to be disposed of at once, which hands the span over.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> are those of no span.</exception>
    public SpanWriter Record(in SpanIds ids, string name, ActivityKind kind, DateTime startUtc, TimeSpan duration)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (!ids.IsValid)
            throw new ArgumentException("The ids are those of no span: make them by SpanIds.NewRoot or SpanIds.ChildOf.", nameof(ids));

        return _pipeline.Record(in ids, name, kind, startUtc, duration);
    }

    /// <summary>Writes a line of text to a log of the format <see cref="SpanFormat.Text"/>; it counts as a span does.</summary>
    /// <param name="log">The name of the log in <see cref="TraceLogOptions.Logs"/>.</param>
    /// <param name="line">The text, without a line end; one inside is written as an escape. At most 32,768 characters are written.</param>
    /// <returns>False when there was no room and the policy is to discard, or the log is disposed of.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="line"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such log, or it has another format.</exception>
    public bool WriteLine(string log, string line)
    {
        if (line is null)
            throw new ArgumentNullException(nameof(line));
        if (!_lineLogs.TryGetValue(log ?? throw new ArgumentNullException(nameof(log)), out int index))
            throw new ArgumentException($"'{log}' is not a log of lines; those are: {string.Join(", ", _lineLogs.Keys)}.", nameof(log));

        return _pipeline.Publish(index, line);
    }

    /// <summary>As <see cref="FlushAsync(FlushLevel, CancellationToken)"/>, to the operating system.</summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    /// <returns>The wait.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => FlushAsync(FlushLevel.OperatingSystem, cancellationToken);

    /// <summary>
    /// Completes when every span that was accepted before the call is in a file, or counted as discarded. While the disk refuses
    /// to write, that can take until it is back, or until the log is disposed of; a write that hangs is waited for even then.
    /// </summary>
    /// <param name="level">Whether it is enough that the operating system has the bytes, or they have to be on the disk.</param>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    /// <returns>The wait.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is neither.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="IOException">
    /// Only for <see cref="FlushLevel.Disk"/>: not everything could be synchronised with the disk, because it refused or somebody has
    /// deleted or moved a file; or the log was disposed of before.
    /// </exception>
    public Task FlushAsync(FlushLevel level, CancellationToken cancellationToken = default)
    {
        if (level is not (FlushLevel.OperatingSystem or FlushLevel.Disk))
            throw new ArgumentOutOfRangeException(nameof(level), level, "Must be OperatingSystem or Disk.");

        return _ledger.WhenSettledAsync(level, cancellationToken);
    }

    /// <summary>
    /// Stops capturing, writes what is in the ring and the last statistic interval, and closes the files. Waits for
    /// <see cref="TraceLogOptions.ShutdownTimeout"/> at most, and one second more for a write that is under way; what is left
    /// then is counted as abandoned. May be called again: later calls wait for the first. An interrupt of the calling thread
    /// ends the wait, and is left to the caller. Called while a value is encoded, by its <c>ToString</c>, it does not wait.
    /// </summary>
    public void Dispose()
    {
        if (_pipeline.IsOnDrainThread)
        {
            // A value disposes of the log while it is encoded. Waiting here would be for ourselves.
            _ = Task.Run(Dispose);
            return;
        }

        lock (_disposal)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            _watch.Stopping();
            _capture.Dispose();
            _pipeline.Dispose();
            try
            {
                _fileWorker.Dispose();
                _meter.Dispose();
            }
            finally
            {
                _watch.Dispose();
            }
        }
    }

    /// <summary>As <see cref="Dispose"/>, without blocking the calling thread.</summary>
    /// <returns>The end of the disposal.</returns>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>As <see cref="Dispose"/>, on a thread of its own that waits for a second at most once the token is cancelled.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(_pipeline.GiveUp))
            await Task.Factory.StartNew(Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
    }

    /// <summary>The exceptions of the runtime name some part of the path, or another one, and do not say what it was for.</summary>
    private static void MakeFolder(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (IOException exception)
        {
            string reason = File.Exists(directory) ? "it is a file." : exception.Message;
            throw new IOException($"The folder '{directory}' cannot be made: {reason}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The folder '{directory}' cannot be made: {exception.Message}", exception);
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private void OpenFirst(string directory)
    {
        try
        {
            foreach (SpanLog log in _logs)
                log.OpenFirst();
        }
        catch (IOException exception)
        {
            throw new IOException($"No file can be made in the folder '{directory}': {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                $"No file can be made in the folder '{directory}': {exception.Message}", exception);
        }
    }
}
