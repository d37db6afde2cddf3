namespace Ring.Tracing;

/// <summary>The files of a log: those given, or those that lie in a folder at the moment.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class LogFileSet
{
    private const string Compressed = ".gz";
    private const string SpanExtension = ".jsonl";
    private const string StatisticExtension = ".stat.ndjson";

    private readonly string? _folder;
    private readonly string _beginning = string.Empty;
    private readonly string[] _files = [];

    /// <param name="folder">The folder. Folders in it are not looked into.</param>
    /// <param name="prefix">What the names begin with, before a time; null for any name.</param>
    public LogFileSet(string folder, string? prefix)
    {
        _folder = folder;
        _beginning = prefix is null ? string.Empty : prefix + "-";
    }

    /// <param name="files">The files, in the order in which they are read.</param>
    public LogFileSet(IEnumerable<string> files) => _files = [.. files];

    public string[] SpanFiles() => FilesWith(SpanExtension);

    public string[] StatisticFiles() => FilesWith(StatisticExtension);

    private string[] FilesWith(string extension) =>
        _folder is null ? [.. _files.Where(file => HasExtension(file, extension))] : [.. FilesInFolder(_folder, extension)];

    /// <summary>
    /// The names sort by age. A file that is there twice is being compressed: then the original is sure to be whole.
    /// </summary>
    private IEnumerable<string> FilesInFolder(string folder, string extension) =>
        Directory.EnumerateFiles(folder)
            .Where(file => HasExtension(file, extension) && IsOurs(Path.GetFileName(file)))
            .GroupBy(WithoutCompressed, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.OrderBy(file => file.Length).First());

    private static bool HasExtension(string file, string extension) =>
        WithoutCompressed(file).EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>After the prefix comes a time: <c>shop-2026</c> is of the log <c>shop</c>, <c>shop-web-2026</c> is not.</summary>
    private bool IsOurs(string name)
    {
        if (_beginning.Length == 0)
            return true;

        bool isLonger = name.Length > _beginning.Length && name.StartsWith(_beginning, StringComparison.Ordinal);
        return isLonger && char.IsDigit(name[_beginning.Length]);
    }

    private static string WithoutCompressed(string file) =>
        file.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase) ? file.Substring(0, file.Length - Compressed.Length) : file;
}
