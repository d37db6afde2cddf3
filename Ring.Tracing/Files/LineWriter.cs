namespace Ring.Tracing;

/// <summary>
/// Gives blocks of whole lines to a rolling file. While the disk refuses, it keeps up to 1 MiB of them, oldest first, and tries
/// again about once a second; what does not fit is discarded and counted. Writing resumes by itself.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class LineWriter(RollingFile file, Clock clock)
{
    /// <summary>Bytes that wait for the disk at most.</summary>
    public const int PendingLimit = 1024 * 1024;

    /// <summary>How long a disk that refused is left alone.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // What is written together or not at all.
    private readonly Queue<(int Length, int Records)> _blocks = new();
    private byte[] _pending = [];
    private int _pendingStart;
    private int _pendingEnd;
    private TimeSpan _notBefore;

    /// <summary>Records that are in the file.</summary>
    public long Written { get; private set; }

    /// <summary>Records that neither the file nor the memory had room for.</summary>
    public long Discarded { get; private set; }

    /// <summary>Records that wait for the disk.</summary>
    public long Pending { get; private set; }

    /// <summary>Writes a block, or keeps it for later, or discards it.</summary>
    /// <param name="lines">Whole lines. The buffer may be used again afterwards.</param>
    /// <param name="records">How many records the lines hold.</param>
    /// <returns>False when it was discarded.</returns>
    public bool Write(Utf8Buffer lines, int records)
    {
        RetryIfDue();
        if (_blocks.Count > 0 || !TryWrite(lines.Bytes, 0, lines.Length))
            return Keep(lines, records);

        Written += records;
        return true;
    }

    /// <summary>Writes what is pending if the disk was left alone for long enough.</summary>
    public void RetryIfDue()
    {
        if (_blocks.Count > 0 && clock.Elapsed >= _notBefore)
            WritePending();
    }

    /// <summary>Has the system put on the disk all that was given to it.</summary>
    /// <returns>False if something waits for the disk, or if the disk could not, see <see cref="RollingFile.TrySync"/>.</returns>
    public bool TrySync()
    {
        RetryIfDue();
        return _blocks.Count == 0 && file.TrySync();
    }

    /// <summary>Whether anything waits for the disk, records or not.</summary>
    public bool IsWaiting => _blocks.Count > 0;

    /// <summary>The last try: afterwards nothing is pending, and what could not be written is discarded.</summary>
    /// <returns>False if something was.</returns>
    public bool Finish()
    {
        WritePending();
        bool isWritten = !IsWaiting;
        Discarded += Pending;
        Pending = 0;
        _blocks.Clear();
        _pendingStart = _pendingEnd = 0;
        return isWritten;
    }

    private void WritePending()
    {
        while (_blocks.Count > 0)
        {
            (int length, int records) = _blocks.Peek();
            if (!TryWrite(_pending, _pendingStart, length))
                return;

            _blocks.Dequeue();
            _pendingStart += length;
            Pending -= records;
            Written += records;
        }

        _pendingStart = _pendingEnd = 0;
    }

    private bool TryWrite(byte[] bytes, int offset, int count)
    {
        if (file.TryWrite(bytes, offset, count))
            return true;

        _notBefore = clock.Elapsed + RetryDelay;
        return false;
    }

    private bool Keep(Utf8Buffer lines, int records)
    {
        if (lines.Length > PendingLimit - (_pendingEnd - _pendingStart))
        {
            Discarded += records;
            return false;
        }

        MakeRoom();
        Buffer.BlockCopy(lines.Bytes, 0, _pending, _pendingEnd, lines.Length);
        _pendingEnd += lines.Length;
        _blocks.Enqueue((lines.Length, records));
        Pending += records;
        return true;
    }

    /// <summary>The memory is taken at the first fault, not before: most logs never need it.</summary>
    private void MakeRoom()
    {
        if (_pending.Length == 0)
            _pending = new byte[PendingLimit];

        Buffer.BlockCopy(_pending, _pendingStart, _pending, 0, _pendingEnd - _pendingStart);
        _pendingEnd -= _pendingStart;
        _pendingStart = 0;
    }
}
