namespace Ring.Tracing;

/// <summary>When a log begins a new file, and which of the old ones it keeps.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class LogFileOptions
{
    private const long SmallestFile = 64 * 1024;

    /// <summary>
    /// Bytes after which a new file is begun, from 64 KiB; by default 100 MiB. Lines are never split: a file is larger only if it
    /// holds a single line that is.
    /// </summary>
    public long SizeLimitBytes { get; set; } = 100 * 1024 * 1024;

    internal void Validate() =>
        OptionCheck.RequireRange(
            SizeLimitBytes >= SmallestFile, nameof(SizeLimitBytes), SizeLimitBytes, $"at least {SmallestFile}");
}
