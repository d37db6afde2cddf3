using System.Buffers.Binary;
using System.IO.Compression;

namespace Ring.Tracing;

/// <summary>
/// The whole lines of a file that may be written at this moment, one after another, in one buffer that grows to the longest. What
/// goes wrong ends the lines and is said in <see cref="Fault"/>.
/// </summary>
/// <remarks>Not thread-safe: the loop that reads owns it.</remarks>
internal sealed class LineReader : IDisposable
{
    /// <summary>Bytes of the longest line that is read. Our own have 256 KiB at most.</summary>
    public const int LineLimit = 16 * 1024 * 1024;

    private const int FirstSize = 64 * 1024;
    private const int Unbuffered = 1;
    private const int SmallestCompressed = 18;
    private const string Compressed = ".gz";

    private readonly string _path;
    private FileStream? _file;
    private Stream? _stream;
    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _searched;
    private int _end;
    private long _length;

    public LineReader(string path)
    {
        _path = path;
        Try(() => Open(path));
    }

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The line without its end. The next one overwrites it.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the line is longer than <see cref="LineLimit"/>, and so was passed over.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>After the last line: what kept the reader from reading on, if the file did not simply end.</summary>
    public LogFault? Fault { get; private set; }

    public bool MoveNext()
    {
        IsTooLong = false;
        while (true)
        {
            int lineEnd = Array.IndexOf(_buffer, (byte)'\n', _searched, _end - _searched);
            if (lineEnd >= 0)
            {
                Take(lineEnd);
                return true;
            }

            _searched = _end;
            if (Fill())
                continue;

            Try(ReportEnd);
            return false;
        }
    }

    public void Dispose() => _stream?.Dispose();

    /// <summary>Opens a file that others may write, rename and delete. One that was compressed meanwhile has another name.</summary>
    private void Open(string path)
    {
        bool isCompressed = path.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase);
        if (!isCompressed && !File.Exists(path) && File.Exists(path + Compressed))
        {
            Open(path + Compressed);
            return;
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Unbuffered);
        _stream = isCompressed ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    private void Take(int lineEnd)
    {
        LineNumber++;
        Line = IsTooLong ? default : new ReadOnlyMemory<byte>(_buffer, _start, lineEnd - _start);
        _start = _searched = lineEnd + 1;
    }

    /// <summary>Reads on behind the beginning of the line, or returns false at the end.</summary>
    private bool Fill()
    {
        MakeRoom();
        int count = 0;
        Try(() => count = _stream?.Read(_buffer, _end, _buffer.Length - _end) ?? 0);
        _end += count;
        _length += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        if (_end - _start >= LineLimit)
        {
            IsTooLong = true;
            _start = _end;
        }

        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
            _searched = _end;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private void ReportEnd()
    {
        int torn = _end - _start;
        if (Fault is not null)
            return;

        if (_stream is GZipStream && IsCut(_file!))
            Report(LogFaultKind.Unreadable, "The compressed file is cut off.");
        else if (IsTooLong)
            Report(LogFaultKind.TornTail, $"The last bytes, more than {LineLimit}, are no whole line.");
        else if (torn > 0)
            Report(LogFaultKind.TornTail, $"The last {torn} bytes are no whole line.");
    }

    /// <summary>A compressed file ends with the size of what is in it. Decompression ends without a word where the file does.</summary>
    private bool IsCut(FileStream file)
    {
        byte[] size = new byte[sizeof(uint)];
        if (file.Length < SmallestCompressed)
            return true;

        file.Seek(-size.Length, SeekOrigin.End);
        return file.Read(size, 0, size.Length) < size.Length || BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)_length;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Report(LogFaultKind.Unreadable, exception.Message);
        }
    }

    private void Report(LogFaultKind kind, string reason) => Fault = new LogFault(new LinePlace(_path, LineNumber + 1), kind, reason);
}
