using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ring.Tracing;

/// <summary>
/// Names such as <c>spans-20261121T013000Z-4711-9f3ac01b-0001.jsonl</c>: prefix, UTC time of making, process id, a random id of the
/// log, and a number that only goes up. Logs that share a folder never share a file, though they be of one process, or of two
/// containers where both are process 1. Names sort by age; those of one log do so even if the clock goes back.
/// </summary>
/// <remarks>Making names is not thread-safe: the rolling file that owns it is not. Recognising them is.</remarks>
internal sealed class FileNaming(string directory, string prefix, string extension)
{
    /// <summary>Comes behind the extension, so that an archive leaves the pattern by which readers find files of lines.</summary>
    public const string ArchiveExtension = ".gz";

    /// <summary>Comes behind that of an archive while it is being written.</summary>
    public const string UnfinishedExtension = ".tmp";

    private static readonly int ProcessId = CurrentProcessId();

    private readonly string _instance = Guid.NewGuid().ToString("N").Substring(0, 8);
    private readonly Regex _pattern = new(
        "^" + Regex.Escape(prefix) + "-[0-9]{8}T[0-9]{6}Z-[0-9]+-[0-9a-f]{8}-[0-9]{4,}" + Regex.Escape(extension)
        + @"(?<archive>\.gz(?<unfinished>\.tmp)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    private DateTime _latest;
    private int _number;

    /// <summary>The folder of the files.</summary>
    public string Directory { get; } = directory;

    /// <summary>The path for the next file. It never gives the same path twice.</summary>
    public string Next(DateTime utcNow)
    {
        if (utcNow > _latest)
            _latest = utcNow;

        string name = string.Format(
            CultureInfo.InvariantCulture,
            "{0}-{1:yyyyMMdd'T'HHmmss'Z'}-{2}-{3}-{4:0000}{5}",
            prefix,
            _latest,
            ProcessId,
            _instance,
            ++_number,
            extension);
        return Path.Combine(Directory, name);
    }

    /// <summary>What the file of this name is to the log, whichever process made it, or null if it is none of its files.</summary>
    public KeptFileKind? KindOf(string fileName)
    {
        Match match = _pattern.Match(fileName);
        if (!match.Success)
            return null;

        if (match.Groups["unfinished"].Success)
            return KeptFileKind.UnfinishedArchive;

        return match.Groups["archive"].Success ? KeptFileKind.Archive : KeptFileKind.Lines;
    }

    private static int CurrentProcessId()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Id;
    }
}
