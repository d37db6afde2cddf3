using System.Reflection;

namespace Ring.Tracing;

/// <summary>How a <see cref="TraceLog"/> captures and writes. Values are checked, and copied, when the log is made.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class TraceLogOptions
{
    private const int SmallestRing = 64;
    private const int LargestRing = 65_536;
    private const int LongestServiceName = 1000;
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromHours(1);

    /// <summary>The folder for the files, which is made if it does not exist. Required.</summary>
    public string Directory { get; set; } = string.Empty;

    /// <summary>
    /// The names of the activity sources to capture, at least one. A <c>*</c> at the end stands for any ending: <c>Shop.*</c>, or
    /// <c>*</c> for every source.
    /// </summary>
    public ICollection<string> Sources { get; } = [];

    /// <summary>The name of the service in every record; by default the name of the entry assembly. Not blank, at most 1,000 characters.</summary>
    public string ServiceName { get; set; } = Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";

    /// <summary>What file names begin with; by default <c>spans</c>. From 1 to 100 characters that file names may have.</summary>
    public string FileNamePrefix { get; set; } = "spans";

    /// <summary>Slots of the ring, each for one span on its way: a power of two from 64 to 65,536; by default 1,024.</summary>
    public int RingSize { get; set; } = 1024;

    /// <summary>What happens to spans that end while the ring is full; by default they are discarded and counted.</summary>
    public OverflowPolicy Overflow { get; set; } = OverflowPolicy.DiscardNewest;

    /// <summary>When a new file is begun, and which of the old ones are kept.</summary>
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

    internal void Validate()
    {
        OptionCheck.Require(IsPath(Directory), nameof(Directory), Directory, "the path of a folder");
        OptionCheck.Require(Sources.Count > 0, nameof(Sources), "none", "at least one source name");
        foreach (string source in Sources)
            OptionCheck.Require(SourceNameFilter.IsValid(source), nameof(Sources), source, "names, not blank, with a '*' only at the end");

        bool isName = !string.IsNullOrWhiteSpace(ServiceName) && ServiceName.Length <= LongestServiceName;
        OptionCheck.Require(isName, nameof(ServiceName), ServiceName, $"a name that is not blank, of at most {LongestServiceName} characters");
        OptionCheck.Require(IsFileName(FileNamePrefix), nameof(FileNamePrefix), FileNamePrefix, "1 to 100 characters for a file name");
        bool isPolicy = Overflow is OverflowPolicy.DiscardNewest or OverflowPolicy.Block;
        OptionCheck.Require(isPolicy, nameof(Overflow), Overflow, "DiscardNewest or Block");
        ValidateRanges();
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
    }

    private static bool IsPath(string? path) => !string.IsNullOrWhiteSpace(path) && path!.IndexOf('\0') < 0;

    private static bool IsFileName(string? prefix) =>
        !string.IsNullOrWhiteSpace(prefix) && prefix!.Length <= 100 && prefix.IndexOfAny(Path.GetInvalidFileNameChars()) < 0;
}
