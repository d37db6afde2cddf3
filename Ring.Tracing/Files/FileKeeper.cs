namespace Ring.Tracing;

/// <summary>
/// Looks after the files of a log in its folder, whichever process wrote them: the first time it ends torn last lines and removes
/// archives that dead processes left unfinished, each time it deletes what is beyond the limits, oldest first, and compresses what
/// is complete. The file that is being written, and files that are open elsewhere, are left alone.
/// </summary>
/// <remarks>
/// Not thread-safe: one thread at a time, the file worker's. It never throws: what fails is counted, and tried again the next time.
/// </remarks>
internal sealed class FileKeeper(
    FileNaming naming, FileLimits limits, IFileOpener disk, Clock clock, FileList files, FileCounters counters)
{
    /// <summary>On a volume without locks, how long a file of others was not written when it counts as closed.</summary>
    private static readonly TimeSpan SilenceOfClosed = TimeSpan.FromDays(1);

    private readonly FreeSpaceFloor _floor = new(disk, naming.Directory, limits.MinimumFreeBytes, clock);
    private bool _hasCleanedUp;
    private bool _areLocksKept;

    public void Keep(CancellationToken stop)
    {
        Guard(() =>
        {
            CheckLocks();
            List<KeptFile> found = Find();
            if (!_hasCleanedUp)
                CleanUp(found, stop);

            // What is left of these is being written.
            found.RemoveAll(static file => file.Kind == KeptFileKind.UnfinishedArchive);
            DeleteSurplus(found, stop);
            if (limits.Compress)
                Compress(found, stop);

            ForgetMissing();
        });
    }

    /// <summary>If our own open file seems free, then so does everybody's, and nothing follows from it.</summary>
    private void CheckLocks()
    {
        if (files.Current is { } current && File.Exists(current))
            _areLocksKept = FileLock.IsHeld(current);
    }

    /// <summary>The files of the log, oldest first.</summary>
    private List<KeptFile> Find()
    {
        List<KeptFile> found = [];
        foreach (FileInfo info in new DirectoryInfo(naming.Directory).EnumerateFiles())
        {
            // Where a link leads is nobody's business of ours.
            bool isLink = info.Attributes.HasFlag(FileAttributes.ReparsePoint);
            if (!isLink && info.Exists && naming.KindOf(info.Name) is { } kind)
                found.Add(new KeptFile(Path.Combine(naming.Directory, info.Name), kind, info.Length, info.LastWriteTimeUtc));
        }

        found.Sort(static (one, other) => string.CompareOrdinal(one.Path, other.Path));
        return found;
    }

    /// <summary>What processes that died have left. Once: those that die later leave it to the next start.</summary>
    private void CleanUp(List<KeptFile> found, CancellationToken stop)
    {
        foreach (KeptFile file in found)
        {
            if (stop.IsCancellationRequested)
                return;

            if (file.Kind == KeptFileKind.UnfinishedArchive)
                Guard(() => DeleteIfFree(file));
            else if (file.Kind == KeptFileKind.Lines)
                Guard(() => CloseOff(file));
        }

        _hasCleanedUp = true;
    }

    private void CloseOff(KeptFile file)
    {
        if (IsFree(file) && TornLine.CloseOff(file.Path))
            counters.CountClosedOff();
    }

    private void DeleteSurplus(List<KeptFile> found, CancellationToken stop)
    {
        DateTime oldest = limits.KeepFor is { } time ? clock.UtcNow - time : DateTime.MinValue;
        int count = found.Count;
        long bytes = found.Sum(static file => file.Length);
        foreach (KeptFile file in found.ToArray())
        {
            bool isSurplus = count > limits.KeepFiles || bytes > limits.KeepBytes || file.LastWriteUtc < oldest;
            if (stop.IsCancellationRequested || !isSurplus || !Guard(() => DeleteIfFree(file)))
                continue;

            found.Remove(file);
            counters.CountDeleted();
            count--;
            bytes -= file.Length;
        }
    }

    private void Compress(List<KeptFile> found, CancellationToken stop)
    {
        foreach (KeptFile file in found)
        {
            if (!stop.IsCancellationRequested && file.Kind == KeptFileKind.Lines && file.Length > 0)
                Guard(() => CompressIfFree(file, stop));
        }
    }

    /// <summary>Also what others have taken away: the list must not grow for as long as the process runs.</summary>
    private void ForgetMissing()
    {
        foreach (string path in files.Paths)
        {
            if (!File.Exists(path))
                files.Removed(path);
        }
    }

    private bool CompressIfFree(KeptFile file, CancellationToken stop)
    {
        if (!IsFree(file))
            return false;

        if (TornLine.CloseOff(file.Path))
            counters.CountClosedOff();

        // An archive is smaller than its file, so this is more than enough.
        _floor.Require(file.Length);
        if (!FileCompressor.TryCompress(file.Path, stop))
            return false;

        files.Replaced(file.Path, FileCompressor.ArchiveOf(file.Path));
        counters.CountCompressed();
        return true;
    }

    private bool DeleteIfFree(KeptFile file)
    {
        if (_areLocksKept)
            return !IsCurrent(file) && FileLock.TryDelete(file.Path);

        if (!IsFree(file))
            return false;

        File.Delete(file.Path);
        return true;
    }

    private bool IsFree(KeptFile file)
    {
        if (IsCurrent(file))
            return false;

        return _areLocksKept
            ? FileLock.IsFree(file.Path)
            : files.HasClosed(file.Path) || file.LastWriteUtc < clock.UtcNow - SilenceOfClosed;
    }

    private bool IsCurrent(KeptFile file) => string.Equals(file.Path, files.Current, StringComparison.Ordinal);

    private void Guard(Action step) => Guard(() =>
    {
        step();
        return true;
    });

    private bool Guard(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (Exception)
        {
            counters.CountKeepingFailure();
            return false;
        }
    }
}
