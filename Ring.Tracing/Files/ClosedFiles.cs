namespace Ring.Tracing;

/// <summary>Files that were closed since the last synchronisation with the disk: it has to include them.</summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class ClosedFiles
{
    /// <summary>More are not remembered. What was closed so many files ago the system has long written by itself, as a rule.</summary>
    private const int Most = 64;

    private readonly Queue<string> _paths = new();

    /// <summary>Remembers the file; the one that was closed first is synchronised now if they become too many.</summary>
    public void Add(string path)
    {
        _paths.Enqueue(path);
        if (_paths.Count > Most)
            TrySync(_paths.Dequeue());
    }

    /// <summary>Synchronises all of them.</summary>
    /// <returns>False if one is in use, or the disk refused. It may be tried again.</returns>
    public bool TrySync()
    {
        while (_paths.Count > 0)
        {
            if (!TrySync(_paths.Peek()))
                return false;

            _paths.Dequeue();
        }

        return true;
    }

    private static bool TrySync(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception)
        {
            // A file that is gone was deleted, or compressed, and the archive is on the disk.
            return !File.Exists(path);
        }
    }
}
