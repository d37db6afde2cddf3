namespace Ring.Tracing;

/// <summary>Makes the logs that the options ask for.</summary>
/// <remarks>Not thread-safe: for the constructor of a log.</remarks>
internal sealed class SpanLogFactory(TraceLogOptions options, string directory, IFileOpener opener, Clock clock, FileWorker worker)
{
    private const string ShadowFolder = "shadow";

    private readonly List<KeyValuePair<string, object?>> _resource = ResourceDefaults.Resource(options.ServiceName, options.ResourceAttributes);

    /// <summary>Which logs take lines, by name.</summary>
    public Dictionary<string, int> LineLogs { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order of the options; behind each that has one, its shadow.</summary>
    public SpanLog[] CreateLogs()
    {
        IEnumerable<SpanLogOptions> wanted = options.Logs.Count > 0
            ? options.Logs
            : [new SpanLogOptions(options.Files) { Name = options.FileNamePrefix }];
        List<SpanLog> logs = [];
        foreach (SpanLogOptions log in wanted)
        {
            bool isForSpans = log.Format != SpanFormat.Text;
            if (!isForSpans)
                LineLogs.Add(log.Name, logs.Count);

            bool hasShadow = isForSpans && options.ShadowLoadTests;
            logs.Add(Create(log, directory, hasShadow ? false : null));
            if (hasShadow)
                logs.Add(Create(log, Path.Combine(directory, ShadowFolder), loadTests: true));
        }

        return [.. logs];
    }

    public (RollingFile File, LineWriter Lines, StatisticLog Log) CreateStatistics()
    {
        // Not .jsonl: whoever reads all *.jsonl as OTLP must not meet the statistics.
        RollingFile file = NewFile(directory, options.FileNamePrefix, options.Statistics.FileExtension, options.Files);
        LineWriter lines = new(file, clock);
        return (file, lines, new StatisticLog(options.ServiceName, options.Statistics, lines, clock));
    }

    private SpanLog Create(SpanLogOptions log, string folder, bool? loadTests)
    {
        RollingFile file = NewFile(folder, log.Name, ExtensionOf(log.Format), log.Files);
        // Several lines to a file at least, however small the files are to be.
        int lineTarget = (int)Math.Min(OtlpLimits.LineTarget, log.Files.SizeLimitBytes / 4);
        Predicate<SpanEvent>? filter = log.Format == SpanFormat.Text ? static _ => false : log.Filter;
        return new SpanLog(filter, loadTests, NewEncoder(log.Format), file, new LineWriter(file, clock), lineTarget, clock.UtcNow);
    }

    private RollingFile NewFile(string folder, string prefix, string extension, LogFileOptions files) =>
        new(new FileNaming(folder, prefix, extension), FileLimits.Of(files), opener, clock, worker);

    private SpanEncoder NewEncoder(SpanFormat format) => format switch
    {
        SpanFormat.Text => new TextEncoder(),
        SpanFormat.SofaJson => new SofaDigestEncoder(options.ServiceName, asJson: true, options.BaggageKeys, options.Limits.TextLength),
        SpanFormat.SofaText => new SofaDigestEncoder(options.ServiceName, asJson: false, options.BaggageKeys, options.Limits.TextLength),
        _ => new OtlpEncoder(_resource, options.Limits.Copy(), options.Redact),
    };

    private static string ExtensionOf(SpanFormat format) => format switch
    {
        SpanFormat.SofaJson => ".digest.ndjson",
        SpanFormat.SofaText => ".digest.log",
        SpanFormat.Text => ".log",
        _ => ".jsonl",
    };
}
