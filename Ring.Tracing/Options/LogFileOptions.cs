namespace Ring.Tracing;

/// <summary>
/// When a log begins a new file, and which of the old ones it keeps. The limits on what is kept hold for all files of the log in
/// its folder - same prefix, same kind - whichever process wrote them, compressed ones included. As they are, a log takes up to
/// 3 GiB and a thousand files.
/// </summary>
/// <remarks>
/// <para>Thread safety: not thread-safe; changes after the log was made have no effect on it.</para>
/// <para>
/// Old files are deleted and compressed on a thread of their own, at the start, at each new file and once an hour. A file that
/// is open somewhere, by a writer or by a reader that locks it, is left alone until the next time. On a volume without file locks
/// (many network shares) a file of another process counts as closed after a day without a write.
/// </para>
/// </remarks>
public sealed class LogFileOptions
{
    private const long SmallestFile = 64 * 1024;
    private static readonly TimeSpan ShortestKeep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestKeep = TimeSpan.FromDays(36_500);

    /// <summary>
    /// Bytes after which a new file is begun, from 64 KiB; by default 100 MiB. Lines are never split: a file is larger only if it
    /// holds a single line that is.
    /// </summary>
    public long SizeLimitBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>
    /// The time after which a new file is begun, also while nothing happens; by default the day. It is counted from the first line
    /// of a file, so that an empty one does not end, and by a clock that does not go back as well: a file is never written for
    /// longer than the interval. The next file is made when there is something to write.
    /// </summary>
    public RollInterval RollInterval { get; set; } = RollInterval.Day;

    /// <summary>
    /// Files that are kept, from 1, the one that is written included, or null for any number; by default 1,000. It keeps a process
    /// that starts again and again from filling the folder. A smaller number would let it push out, within minutes, what was
    /// written before; how much room the files take is limited by <see cref="KeepBytes"/>.
    /// </summary>
    public int? KeepFiles { get; set; } = 1000;

    /// <summary>
    /// How long after its last line a file is kept, from 1 minute to 36,500 days, or null for any time; by default null: old files
    /// cost no more than new ones, and their size is limited.
    /// </summary>
    public TimeSpan? KeepFor { get; set; }

    /// <summary>
    /// Bytes that are kept, from 64 KiB, the file that is written included, or null for any number; by default 3 GiB. Looked at when a
    /// file is begun, so that one file (<see cref="SizeLimitBytes"/>) may come on top. The oldest files go first.
    /// </summary>
    public long? KeepBytes { get; set; } = 3L * 1024 * 1024 * 1024;

    /// <summary>
    /// Bytes that stay free on the volume, from 0, which turns the floor off; by default 100 MiB, enough for the host to go on and
    /// for someone to log in and look. Below it nothing is written: the lines wait in memory, are tried again each second, and are
    /// discarded and counted when the memory for them is full, as if the disk had refused them. To be set lower for a volume of less
    /// than a GiB.
    /// </summary>
    public long MinimumFreeBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>
    /// Whether files that are complete are packed with gzip; by default they are not. An archive is called like its file with
    /// <c>.gz</c> behind, and the file is deleted once the archive is on the disk. The last file is packed after the next start.
    /// </summary>
    public bool Compress { get; set; }

    internal void Validate()
    {
        OptionCheck.RequireRange(
            SizeLimitBytes >= SmallestFile, nameof(SizeLimitBytes), SizeLimitBytes, $"at least {SmallestFile}");
        bool isInterval = RollInterval is RollInterval.Never or RollInterval.Hour or RollInterval.Day;
        OptionCheck.Require(isInterval, nameof(RollInterval), RollInterval, "Never, Hour or Day");
        OptionCheck.RequireRange(
            MinimumFreeBytes >= 0, nameof(MinimumFreeBytes), MinimumFreeBytes, "at least 0");
        ValidateRetention();
    }

    private void ValidateRetention()
    {
        if (KeepFiles is { } files)
            OptionCheck.RequireRange(files >= 1, nameof(KeepFiles), files, "at least 1, or null");

        if (KeepFor is { } time)
        {
            OptionCheck.RequireRange(
                time >= ShortestKeep && time <= LongestKeep, nameof(KeepFor), time, $"from {ShortestKeep} to {LongestKeep}, or null");
        }

        if (KeepBytes is { } bytes)
            OptionCheck.RequireRange(bytes >= SmallestFile, nameof(KeepBytes), bytes, $"at least {SmallestFile}, or null");
    }
}
