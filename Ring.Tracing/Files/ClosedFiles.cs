namespace Ring.Tracing;

/// <summary>Files that were closed since the last synchronisation with the disk: it has to include them.</summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class ClosedFiles
{
    /// <summary>More are not remembered: the one that was closed first is synchronised when they become more.</summary>
    private const int Most = 64;

    /// <summary>Who looks whether a file is in use holds it for a moment.</summary>
    private const int Tries = 5;

    private readonly Queue<string> _paths = new();
    private bool _hasLost;

    /// <summary>Remembers the file.</summary>
    public void Add(string path)
    {
        _paths.Enqueue(path);
        if (_paths.Count > Most)
            _hasLost |= !TrySync(_paths.Dequeue());
    }

    /// <summary>Remembers that a file is out of reach, and whether it comes to the disk unknown.</summary>
    public void Lose() => _hasLost = true;

    /// <summary>Synchronises all of them.</summary>
    /// <returns>False if one could not be, or is lost. That is said once, and the next time is about later ones.</returns>
    public bool TrySync()
    {
        bool isSynced = !_hasLost;
        _hasLost = false;
        while (_paths.Count > 0)
            isSynced &= TrySync(_paths.Dequeue());

        return isSynced;
    }

    private static bool TrySync(string path)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                file.Flush(flushToDisk: true);
                return true;
            }
            catch (IOException) when (tries < Tries && File.Exists(path))
            {
                Thread.Sleep(1);
            }
            catch (Exception)
            {
                // One that was compressed meanwhile is on the disk as an archive.
                return File.Exists(FileCompressor.ArchiveOf(path));
            }
        }
    }
}
