using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// A row of files of limited size and time. Whatever happens to the disk, a file ends with a whole write: a write that fails
/// half-way is cut off again, and a file that cannot be cut is given up for a new one. An existing file is never opened for
/// writing, so none is overwritten. A file that someone deletes or moves while it is written is followed by a new one at once.
/// </summary>
/// <remarks>
/// A file that was given up may hold whole lines of the failed write, and a torn one at its end; all of them come again in the
/// next file. One thread writes; <see cref="Paths"/>, <see cref="Count"/> and <see cref="Counters"/> may be read on any thread.
/// </remarks>
internal sealed class RollingFile : IDisposable
{
    /// <summary>How often to look after old files although no new one is begun.</summary>
    private static readonly TimeSpan KeepPeriod = TimeSpan.FromHours(1);

    private readonly FileList _files = new();
    private readonly ClosedFiles _closed = new();
    private readonly FileNaming _naming;
    private readonly FileLimits _limits;
    private readonly FileMaker _maker;
    private readonly Clock _clock;
    private readonly FreeSpaceFloor _floor;
    private readonly RollTimer _timer;
    private readonly FileWorker? _worker;
    private readonly FileKeeper? _keeper;
    private OpenFile? _file;
    private TimeSpan _nextKeeping;
    private volatile string? _trouble;

    /// <summary>Files of limited size, of which all are kept.</summary>
    public RollingFile(FileNaming naming, long sizeLimit, IFileOpener opener, Clock clock)
        : this(naming, new FileLimits(sizeLimit), opener, clock)
    {
    }

    /// <summary>Files of limited size and time. The worker deletes and compresses old ones; without it all stay as they are.</summary>
    public RollingFile(FileNaming naming, FileLimits limits, IFileOpener opener, Clock clock, FileWorker? worker = null)
    {
        _naming = naming;
        _limits = limits;
        _maker = new FileMaker(naming, opener, clock);
        _clock = clock;
        _floor = new FreeSpaceFloor(opener, naming.Directory, limits.MinimumFreeBytes, clock);
        _timer = new RollTimer(limits.RollInterval, clock);
        _worker = worker;
        if (worker is not null)
            _keeper = new FileKeeper(naming, limits, opener, clock, _files, Counters);
    }

    /// <summary>Why nothing can be written at present, a sentence for a person; null while it can. Safe to read on any thread.</summary>
    public string? Trouble => _trouble;

    /// <summary>What was done so far. Safe to read on any thread.</summary>
    public FileCounters Counters { get; } = new();

    /// <summary>Bytes in all files so far.</summary>
    public long BytesWritten => Counters.BytesWritten;

    /// <summary>The files made so far that are still kept, oldest first; an archive stands in the place of its file.</summary>
    public string[] Paths => _files.Paths;

    /// <summary>How many files were made so far.</summary>
    public int Count => _files.Created;

    /// <summary>Makes the first file now, so that a folder that takes no files is found before it matters.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make files there.</exception>
    public void Open()
    {
        if (_file is null)
            OpenNext();
    }

    /// <summary>Writes all of the bytes, in one file, or none of them.</summary>
    /// <returns>False if the disk refused. It may be tried again at any time.</returns>
    public bool TryWrite(byte[] bytes, int offset, int count)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            _floor.Require(count);
            PrepareFor(count);
            _file!.Write(bytes, offset, count);
        }
        catch (Exception exception)
        {
            // Disk full, file locked, share gone: whatever it is, the file must end with a whole line again.
            CutBack();
            Counters.CountWriteFailure(Stopwatch.GetTimestamp() - start);
            _trouble = $"Nothing can be written in '{_naming.Directory}': {exception.Message}";
            return false;
        }

        Counters.CountWrite(count, Stopwatch.GetTimestamp() - start);
        if (_file.Length == count)
            _timer.Start();

        _trouble = null;
        return true;
    }

    /// <summary>
    /// Closes a file whose time is over, also if there is nothing to write; the next one is made when there is. To be called
    /// every now and then.
    /// </summary>
    public void RollIfDue()
    {
        if (_timer.IsOver)
            Close();

        if (Count > 0 && _clock.Elapsed >= _nextKeeping)
            WakeKeeper();
    }

    /// <summary>Has the system put on the disk all that was written so far.</summary>
    /// <returns>
    /// False if it could not, or if the current file was deleted or moved meanwhile. The next time speaks of the other files again: a
    /// file that the disk failed to take is given up, since the system would say yes if it were asked twice.
    /// </returns>
    public bool TrySync()
    {
        long start = Stopwatch.GetTimestamp();
        bool isSynced = TrySyncCurrent() & _closed.TrySync();
        Counters.CountSync(isSynced, Stopwatch.GetTimestamp() - start);
        return isSynced;
    }

    /// <summary>Closes the last file, and leaves it as it is: it is compressed after the next start, not while a process ends.</summary>
    public void Dispose() => Drop();

    private void PrepareFor(int count)
    {
        GiveUpIfGone();
        if (_file is { } file && (file.Length == 0 || (file.Length + count <= _limits.SizeBytes && !_timer.IsOver)))
            return;

        OpenNext();
    }

    private void GiveUpIfGone()
    {
        if (_file is not { IsThere: false } file)
            return;

        Drop();
        _files.Removed(file.Path);
        if (file.Length > 0)
            _closed.Lose();

        _trouble = $"The file '{file.Path}' was deleted or moved while it was written.";
    }

    /// <summary>The old file is closed when the new one is there: if none can be made, it is there for the next try.</summary>
    private void OpenNext()
    {
        OpenFile next = _maker.Make();
        Close();
        _file = next;
        _files.Opened(next.Path);
        WakeKeeper();
    }

    private void CutBack()
    {
        if (_file is not { } file || file.TryCutBack())
            return;

        Drop();
        // Nothing in it counts. It must not stay, or a disk that never recovers would get a file each time.
        if (file.Length == 0)
            TryDelete(file.Path);
        else
            _closed.Add(file.Path);
    }

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            _files.Removed(path);
        }
        catch (Exception)
        {
            // Then it stays, and what is in it comes again in another one.
        }
    }

    private bool TrySyncCurrent()
    {
        try
        {
            _file?.Sync();
        }
        catch (Exception exception)
        {
            Drop();
            _trouble = $"Nothing can be synchronised with the disk of '{_naming.Directory}': {exception.Message}";
            return false;
        }

        OpenFile? before = _file;
        GiveUpIfGone();
        // Whoever asked is told. The next write finds out whether the folder takes another file.
        _trouble = null;
        return before == _file;
    }

    /// <summary>Ends the file, which is complete.</summary>
    private void Close()
    {
        if (_file is not { } file)
            return;

        Drop();
        _closed.Add(file.Path);
        WakeKeeper();
    }

    /// <summary>Ends the file, whatever it is worth.</summary>
    private void Drop()
    {
        _file?.Close();
        _file = null;
        _timer.Stop();
        _files.Closed();
    }

    private void WakeKeeper()
    {
        _nextKeeping = _clock.Elapsed + KeepPeriod;
        if (_keeper is not null)
            _worker!.Request(_keeper);
    }
}
