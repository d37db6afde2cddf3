namespace Ring.Tracing;

/// <summary>The file that is being written: how many bytes of it count, and how to get rid of those that do not.</summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class OpenFile(string path, Stream stream)
{
    /// <summary>Windows tells the length of a file that is open for writing when it is closed.</summary>
#if NET
    private static readonly bool AreLengthsTold = !OperatingSystem.IsWindows();
#else
    private static readonly bool AreLengthsTold = System.IO.Path.DirectorySeparatorChar == '/';
#endif

    private readonly FileInfo _info = new(path);

    public string Path { get; } = path;

    /// <summary>Bytes of whole writes.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// False if someone deleted or moved the file, or its folder, also when another is there now: the system would go on taking bytes
    /// that nobody finds any more. Nobody else writes, so the file is as long as it was. It
    /// costs a system call: as much as a small write, and a twentieth of a full block. Looking less often would count lines as written
    /// that were given to nobody.
    /// </summary>
    public bool IsThere
    {
        get
        {
            _info.Refresh();
            return _info.Exists && (!AreLengthsTold || _info.Length == Length);
        }
    }

    /// <summary>Writes all of the bytes, or throws whatever the disk throws; then <see cref="TryCutBack"/> is due.</summary>
    public void Write(byte[] bytes, int offset, int count)
    {
        stream.Write(bytes, offset, count);
        Length += count;
    }

    /// <summary>Takes away what a failed write left behind.</summary>
    public bool TryCutBack()
    {
        try
        {
            stream.SetLength(Length);
            stream.Position = Length;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Has the system put everything on the disk, or throws whatever it throws.</summary>
    public void Sync()
    {
        if (stream is FileStream file)
            file.Flush(flushToDisk: true);
        else
            stream.Flush();
    }

    public void Close()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered in the stream, so there is nothing left to lose with it.
        }
    }
}
