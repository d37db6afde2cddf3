namespace Ring.Tracing;

/// <summary>The options of a log's files as they were when the log was made.</summary>
/// <remarks>Immutable, and so thread-safe.</remarks>
internal sealed class FileLimits(
    long sizeBytes, RollInterval rollInterval = RollInterval.Never, int? keepFiles = null, TimeSpan? keepFor = null,
    long? keepBytes = null, long minimumFreeBytes = 0, bool compress = false)
{
    public long SizeBytes { get; } = sizeBytes;

    public RollInterval RollInterval { get; } = rollInterval;

    public int? KeepFiles { get; } = keepFiles;

    public TimeSpan? KeepFor { get; } = keepFor;

    public long? KeepBytes { get; } = keepBytes;

    public long MinimumFreeBytes { get; } = minimumFreeBytes;

    public bool Compress { get; } = compress;

    public static FileLimits Of(LogFileOptions options) =>
        new(options.SizeLimitBytes, options.RollInterval, options.KeepFiles, options.KeepFor, options.KeepBytes, options.MinimumFreeBytes, options.Compress);
}
