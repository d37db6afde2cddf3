using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>How a <see cref="TraceLog"/> captures and writes. Values are checked, and copied, when the log is made.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class TraceLogOptions
{
    private const int SmallestRing = 64;
    private const int LargestRing = 65_536;
    private const int LongestServiceName = 1000;
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestBlock = TimeSpan.FromHours(1);

    /// <summary>The folder for the files, which is made if it does not exist. Required.</summary>
    public string Directory { get; set; } = string.Empty;

    /// <summary>
    /// The names of the activity sources to capture, at least one. A <c>*</c> at the end stands for any ending: <c>Shop.*</c>, or
    /// <c>*</c> for every source.
    /// </summary>
    public ICollection<string> Sources { get; } = [];

    /// <summary>Sources to capture beside those named, null for none. When it throws, the source is not captured.</summary>
    public Predicate<ActivitySource>? SourceFilter { get; set; }

    /// <summary>
    /// The name of the service in every record: by default <c>OTEL_SERVICE_NAME</c>, or <c>service.name</c> of
    /// <c>OTEL_RESOURCE_ATTRIBUTES</c>, or the name of the entry assembly. Not blank, at most 1,000 characters.
    /// </summary>
    public string ServiceName { get; set; } = ResourceDefaults.ServiceName;

    /// <summary>
    /// What else is said about the process in every record, beside its name, instance and process id: by default the rest of
    /// <c>OTEL_RESOURCE_ATTRIBUTES</c>, and the version of the entry assembly. An attribute that is set here wins over one of ours.
    /// </summary>
    public IDictionary<string, string> ResourceAttributes { get; } = ResourceDefaults.NewAttributes();

    /// <summary>
    /// Whether spans are captured that no other listener asks for; by default they are, and the log has every span. Without them
    /// nothing changes for others: with them, the SDK of OpenTelemetry exports a child that its sampler drops within a sampled trace,
    /// because the runtime gives a span that somebody wants the flag of its parent.
    /// </summary>
    public bool CaptureUnsampled { get; set; } = true;

    /// <summary>The keys of the baggage that becomes attributes of the span, each as <c>baggage.</c> and the key; by default none.</summary>
    public ICollection<string> BaggageKeys { get; } = [];

    /// <summary>How much of one span is kept.</summary>
    public SpanLimitOptions Limits { get; } = new();

    /// <summary>Sees each attribute before it is written, and can replace its value; null, the default, to leave them as they are.</summary>
    public AttributeRedactor? Redact { get; set; }

    /// <summary>
    /// Which spans belong to a load test, <see cref="HasLoadTestMark"/> for instance; null, the default, for none. Called on the
    /// thread that ends the span; when it throws, the span is none.
    /// </summary>
    public Predicate<Activity>? LoadTest { get; set; }

    /// <summary>
    /// Whether the spans of load tests go to files of their own in a folder <c>shadow</c> below <see cref="Directory"/>; by default
    /// not. The statistic log keeps them apart in any case.
    /// </summary>
    public bool ShadowLoadTests { get; set; }

    /// <summary>
    /// The logs that spans go to, each span to all whose rule takes it. By default there is one for all spans, which is called
    /// <see cref="FileNamePrefix"/> and has <see cref="Files"/>.
    /// </summary>
    public IList<SpanLogOptions> Logs { get; } = [];

    /// <summary>
    /// What the names of the statistic files begin with, and of the span files unless there are <see cref="Logs"/>; by default
    /// <c>spans</c>. From 1 to 100 characters that file names may have.
    /// </summary>
    public string FileNamePrefix { get; set; } = "spans";

    /// <summary>Slots of the ring, each for one span on its way: a power of two from 64 to 65,536; by default 1,024.</summary>
    public int RingSize { get; set; } = 1024;

    /// <summary>What happens to spans that end while the ring is full; by default they are discarded and counted.</summary>
    public OverflowPolicy Overflow { get; set; } = OverflowPolicy.DiscardNewest;

    /// <summary>
    /// How long a thread waits for room under <see cref="OverflowPolicy.Block"/>, from 0 to 1 hour; by default
    /// <see cref="Timeout.InfiniteTimeSpan"/>. Then its span is discarded and counted in <see cref="TraceLogCounts.BlockTimedOut"/>.
    /// </summary>
    public TimeSpan BlockTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>After how many discarded spans that is said again, from 1; by default 500.</summary>
    public int DiscardReportThreshold { get; set; } = 500;

    /// <summary>
    /// Whether gap records name traces that lost spans for want of room, 100 a second at most; by default not. It costs each discarded
    /// span the look at a lock, and one whose lock is taken is not named.
    /// </summary>
    public bool RecordDiscardedTraces { get; set; }

    /// <summary>When a new file of spans, or of statistics, is begun, and which of the old ones are kept.</summary>
    public LogFileOptions Files { get; } = new();

    /// <summary>What the statistic log counts together, and how often.</summary>
    public StatisticOptions Statistics { get; } = new();

    /// <summary>
    /// How long disposal waits for the spans in the ring to be written, from 0 to 1 hour; by default 30 seconds. A write that is
    /// under way then has one more second.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a log that was not disposed of is when the process exits; by default it is. That is best effort: a process that is
    /// killed, or ends by an unhandled exception, does not come to it.
    /// </summary>
    public bool DrainOnProcessExit { get; set; } = true;

    /// <summary>Whether an activity carries the mark of a load test in its baggage: <c>mark</c> is <c>T</c>, as SOFATracer has it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="activity"/> is null.</exception>
    public static bool HasLoadTestMark(Activity activity) =>
        string.Equals(
            (activity ?? throw new ArgumentNullException(nameof(activity))).GetBaggageItem("mark"), "T", StringComparison.Ordinal);

    internal void Validate()
    {
        OptionCheck.Require(IsPath(Directory), nameof(Directory), Directory, "the path of a folder");
        OptionCheck.Require(Sources.Count > 0 || SourceFilter is not null, nameof(Sources), "none", "at least one source name, or SourceFilter be set");
        foreach (string source in Sources)
            OptionCheck.Require(SourceNameFilter.IsValid(source), nameof(Sources), source, "names, not blank, with a '*' only at the end");

        bool isName = !string.IsNullOrWhiteSpace(ServiceName) && ServiceName.Length <= LongestServiceName;
        OptionCheck.Require(isName, nameof(ServiceName), ServiceName, $"a name that is not blank, of at most {LongestServiceName} characters");
        OptionCheck.Require(SpanLogOptions.IsFileName(FileNamePrefix), nameof(FileNamePrefix), FileNamePrefix, "1 to 100 characters for a file name");
        bool isPolicy = Overflow is >= OverflowPolicy.DiscardNewest and <= OverflowPolicy.DiscardByPriority;
        OptionCheck.Require(isPolicy, nameof(Overflow), Overflow, "DiscardNewest, Block or DiscardByPriority");
        foreach (string key in BaggageKeys)
            OptionCheck.Require(!string.IsNullOrEmpty(key), nameof(BaggageKeys), key, "keys that are not empty");

        ValidateRanges();
        ValidateLogs();
        Limits.Validate();
        Files.Validate();
        Statistics.Validate();
    }

    private void ValidateRanges()
    {
        OptionCheck.RequireRange(
            RingSize is >= SmallestRing and <= LargestRing && (RingSize & (RingSize - 1)) == 0,
            nameof(RingSize), RingSize, $"a power of two from {SmallestRing} to {LargestRing}");
        OptionCheck.RequireRange(
            ShutdownTimeout >= TimeSpan.Zero && ShutdownTimeout <= LongestShutdown,
            nameof(ShutdownTimeout), ShutdownTimeout, $"from {TimeSpan.Zero} to {LongestShutdown}");
        OptionCheck.RequireRange(
            BlockTimeout == Timeout.InfiniteTimeSpan || (BlockTimeout >= TimeSpan.Zero && BlockTimeout <= LongestBlock),
            nameof(BlockTimeout), BlockTimeout, $"from {TimeSpan.Zero} to {LongestBlock}, or infinite");
        OptionCheck.RequireRange(DiscardReportThreshold >= 1, nameof(DiscardReportThreshold), DiscardReportThreshold, "at least 1");
    }

    private void ValidateLogs()
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (SpanLogOptions log in Logs)
        {
            log.Validate();
            OptionCheck.Require(names.Add(log.Name), nameof(Logs), log.Name, "logs with different names");
        }
    }

    private static bool IsPath(string? path) => !string.IsNullOrWhiteSpace(path) && path!.IndexOf('\0') < 0;
}
