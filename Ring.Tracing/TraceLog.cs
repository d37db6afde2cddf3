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
/// log asks for all data of a span, and never sets its sampled flag.
/// </para>
/// </remarks>
public sealed class TraceLog : IDisposable, IAsyncDisposable, ITraceLogGauges
{
    // One for the life of the process, as the attribute service.instance.id wants it.
    private static readonly string InstanceId = Guid.NewGuid().ToString();

    private readonly Lock _disposal = new();
    private readonly Ledger _ledger = new();
    private readonly RollingFile _spanFile;
    private readonly RollingFile _statisticFile;
    private readonly SpanPipeline _pipeline;
    private readonly TraceLogMeter _meter;
    private readonly TraceLogWatch _watch;
    private readonly SpanCapture _capture;
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
        _spanFile = NewFile(".jsonl");
        // Not .jsonl: whoever reads all *.jsonl as OTLP must not meet the statistics.
        _statisticFile = NewFile(".stat.ndjson");
        SourceNameFilter filter = new(options.Sources);
        _pipeline = new SpanPipeline(options, NewDrain(options, clock), _ledger);

        OpenFirst(directory);
        _meter = new TraceLogMeter(this, meters);
        _watch = new TraceLogWatch(this, clock, observer is null ? [new EventSourceObserver()] : [new EventSourceObserver(), observer]);
        _pipeline.Start(_meter);
        _watch.Start();
        _capture = new SpanCapture(filter, _pipeline.Publish);
        RingTracingEventSource.Log.LogStarted(directory);
        // Until it is disposed of, the log lives as long as its drain thread, anyway: nothing is kept alive by this.
        if (options.DrainOnProcessExit)
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;

        RollingFile NewFile(string extension) =>
            new(new FileNaming(directory, options.FileNamePrefix, extension), options.Files.SizeLimitBytes, opener, clock);
    }

    /// <summary>What became of every span so far. A consistent snapshot, see <see cref="TraceLogCounts"/>.</summary>
    public TraceLogCounts Counts => _ledger.Read(_spanFile.Count);

    /// <summary>The full paths of the span files that this log made, oldest first.</summary>
    public IReadOnlyList<string> Files => _spanFile.Paths;

    /// <summary>
    /// The full paths of the statistic files that this log made, oldest first. The first is made at the end of an interval.
    /// </summary>
    public IReadOnlyList<string> StatisticFiles => _statisticFile.Paths;

    int ITraceLogGauges.RingSize => _pipeline.RingSize;

    string? ITraceLogGauges.DiskTrouble => _pipeline.DiskTrouble;

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
    /// Completes when every span that was accepted before the call is in a file, or counted as discarded. While the disk refuses
    /// to write, that can take until it is back, or until the log is disposed of; a write that hangs is waited for even then.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    /// <returns>The wait. In a file means handed to the operating system, not synchronised with the disk.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _ledger.WhenSettledAsync(cancellationToken);

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
            _meter.Dispose();
            _watch.Dispose();
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
            _spanFile.Open();
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

    private SpanDrain NewDrain(TraceLogOptions options, Clock clock)
    {
        LineWriter spanLines = new(_spanFile, clock);
        LineWriter statisticLines = new(_statisticFile, clock);
        StatisticLog statistics = new(options.ServiceName, options.Statistics.Interval, statisticLines, clock);
        // Several lines to a file at least, however small the files are to be.
        int lineTarget = (int)Math.Min(OtlpLimits.LineTarget, options.Files.SizeLimitBytes / 4);
        OtlpEncoder encoder = new(ResourceOf(options));
        return new SpanDrain(encoder, _spanFile, spanLines, _statisticFile, statisticLines, statistics, _ledger, lineTarget);
    }

    private static List<KeyValuePair<string, object?>> ResourceOf(TraceLogOptions options)
    {
        using Process process = Process.GetCurrentProcess();
        return
        [
            new("service.name", options.ServiceName),
            new("service.instance.id", InstanceId),
            new("process.pid", process.Id),
        ];
    }
}
