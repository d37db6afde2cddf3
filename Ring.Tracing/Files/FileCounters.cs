namespace Ring.Tracing;

/// <summary>What was done with the files of a log, and how long it took.</summary>
/// <remarks>Thread-safe. Times are in ticks of the stopwatch.</remarks>
internal sealed class FileCounters
{
    private long _bytesWritten;
    private long _writes;
    private long _writeTicks;
    private long _writeFailures;
    private long _syncs;
    private long _syncTicks;
    private long _syncFailures;
    private long _deleted;
    private long _compressed;
    private long _closedOff;
    private long _keepingFailures;

    /// <summary>Bytes in all files so far.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Writes that succeeded.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>The time that writes took, failed ones included.</summary>
    public long WriteTicks => Interlocked.Read(ref _writeTicks);

    /// <summary>Writes that the disk, or the floor of free space, refused.</summary>
    public long WriteFailures => Interlocked.Read(ref _writeFailures);

    /// <summary>Synchronisations with the disk that succeeded.</summary>
    public long Syncs => Interlocked.Read(ref _syncs);

    /// <summary>The time that synchronisations took, failed ones included.</summary>
    public long SyncTicks => Interlocked.Read(ref _syncTicks);

    /// <summary>Synchronisations that failed.</summary>
    public long SyncFailures => Interlocked.Read(ref _syncFailures);

    /// <summary>Files that were deleted because they were too many, too old or too large together.</summary>
    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>Files that became archives.</summary>
    public long Compressed => Interlocked.Read(ref _compressed);

    /// <summary>Files of dead processes whose torn last line was ended.</summary>
    public long ClosedOff => Interlocked.Read(ref _closedOff);

    /// <summary>Files that could not be deleted, compressed or closed off. They are tried again.</summary>
    public long KeepingFailures => Interlocked.Read(ref _keepingFailures);

    public void CountWrite(int bytes, long ticks)
    {
        Interlocked.Add(ref _bytesWritten, bytes);
        Interlocked.Increment(ref _writes);
        Interlocked.Add(ref _writeTicks, ticks);
    }

    public void CountWriteFailure(long ticks)
    {
        Interlocked.Increment(ref _writeFailures);
        Interlocked.Add(ref _writeTicks, ticks);
    }

    public void CountSync(bool succeeded, long ticks)
    {
        if (succeeded)
            Interlocked.Increment(ref _syncs);
        else
            Interlocked.Increment(ref _syncFailures);

        Interlocked.Add(ref _syncTicks, ticks);
    }

    public void CountDeleted() => Interlocked.Increment(ref _deleted);

    public void CountCompressed() => Interlocked.Increment(ref _compressed);

    public void CountClosedOff() => Interlocked.Increment(ref _closedOff);

    public void CountKeepingFailure() => Interlocked.Increment(ref _keepingFailures);
}
