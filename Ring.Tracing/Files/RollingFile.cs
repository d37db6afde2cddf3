namespace Ring.Tracing;

/// <summary>
/// A row of files of limited size. Whatever happens to the disk, a file ends with a whole write: a write that fails half-way is
/// cut off again, and a file that cannot be cut is given up for a new one. An existing file is never opened, so none is
/// overwritten. A file that someone deletes or moves while it is written is followed by a new one within about a second.
/// </summary>
/// <remarks>
/// A file that was given up may hold whole lines of the failed write, and a torn one at its end; all of them come again in the
/// next file. One thread writes; <see cref="Paths"/> and <see cref="Count"/> may be read on any thread.
/// </remarks>
internal sealed class RollingFile(FileNaming naming, long sizeLimit, IFileOpener opener, Clock clock) : IDisposable
{
    /// <summary>Names that may be taken by others before opening counts as failed.</summary>
    private const int MostTakenNames = 1000;

    /// <summary>How often to look whether the file is still there.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly List<string> _paths = [];
    private Stream? _stream;
    private string _path = string.Empty;
    private long _length;
    private TimeSpan _nextLook;

    /// <summary>Bytes in all files so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The files made so far, oldest first.</summary>
    public string[] Paths
    {
        get
        {
            lock (_paths)
                return [.. _paths];
        }
    }

    /// <summary>How many files were made so far.</summary>
    public int Count
    {
        get
        {
            lock (_paths)
                return _paths.Count;
        }
    }

    /// <summary>Makes the first file now, so that a folder that takes no files is found before it matters.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make files there.</exception>
    public void Open() => _stream ??= OpenNext();

    /// <summary>Writes all of the bytes, in one file, or none of them.</summary>
    /// <returns>False if the disk refused. It may be tried again at any time.</returns>
    public bool TryWrite(byte[] bytes, int offset, int count)
    {
        try
        {
            RollIfDue(count);
            _stream!.Write(bytes, offset, count);
        }
        catch (Exception)
        {
            // Disk full, file locked, share gone: whatever it is, the file must end with a whole line again.
            CutBack();
            return false;
        }

        _length += count;
        BytesWritten += count;
        return true;
    }

    /// <summary>Has the system bring what was written to the disk. Returns false if it cannot.</summary>
    public bool TrySync()
    {
        try
        {
            (_stream as FileStream)?.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Dispose() => Close();

    private void RollIfDue(int count)
    {
        if (_stream is not null && (_length == 0 || _length + count <= sizeLimit) && !IsGone())
            return;

        // Opened before the old one is closed: if no new file can be made, the old one is still there for the next try.
        Stream next = OpenNext();
        Close();
        _stream = next;
    }

    /// <summary>
    /// Whether someone deleted or moved the file: the system would go on taking bytes that nobody finds any more.
    /// </summary>
    private bool IsGone()
    {
        TimeSpan now = clock.Elapsed;
        if (now < _nextLook)
            return false;

        _nextLook = now + LookPeriod;
        return !File.Exists(_path);
    }

    private Stream OpenNext()
    {
        for (int taken = 0; ; taken++)
        {
            string path = naming.Next(clock.UtcNow);
            try
            {
                Stream stream = opener.CreateNew(path);
                lock (_paths)
                    _paths.Add(path);

                _path = path;
                _nextLook = clock.Elapsed + LookPeriod;
                return stream;
            }
            catch (IOException) when (taken < MostTakenNames && File.Exists(path))
            {
                // Another log of this process took the name within the same second: the next number is free.
            }
        }
    }

    private void CutBack()
    {
        if (_stream is null)
            return;

        try
        {
            _stream.SetLength(_length);
            _stream.Position = _length;
        }
        catch (Exception)
        {
            Close();
        }
    }

    private void Close()
    {
        Stream? stream = _stream;
        _stream = null;
        _length = 0;
        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered in the stream, so there is nothing left to lose with it.
        }
    }
}
