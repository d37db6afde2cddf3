using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A disk whose faults a test switches on and off. What is written lands in real files.</summary>
internal sealed class FaultyDisk : IFileOpener
{
    private readonly Lock _lock = new();
    private long _freeBytes = long.MaxValue;
    private int _attempts;
    private int _failures;
    private int _openFiles;

    /// <summary>How many more bytes the disk takes before it is full.</summary>
    public long FreeBytes
    {
        get
        {
            lock (_lock)
                return _freeBytes;
        }

        set
        {
            lock (_lock)
                _freeBytes = value;
        }
    }

    public bool RefusesToOpen { get; set; }

    public bool RefusesToCut { get; set; }

    public bool RefusesToSync { get; set; }

    /// <summary>The free bytes that the disk claims to have, whatever it takes.</summary>
    public long? ClaimedFreeBytes { get; set; } = long.MaxValue;

    /// <summary>While set, a write waits here before it does anything.</summary>
    public ManualResetEventSlim? Gate { get; set; }

    /// <summary>How long each write takes, at least.</summary>
    public TimeSpan WriteTime { get; set; }

    /// <summary>How many writes were begun.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>How many writes have failed, be it that the disk under this one refused them.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>How many files are open for writing.</summary>
    public int OpenFiles => Volatile.Read(ref _openFiles);

    public Stream CreateNew(string path)
    {
        if (RefusesToOpen)
            throw new UnauthorizedAccessException("The test's disk opens nothing.");

        Stream file = DiskFileOpener.Instance.CreateNew(path);
        Interlocked.Increment(ref _openFiles);
        return new FaultyStream(this, file);
    }

    long? IFileOpener.FreeBytes(string directory) => ClaimedFreeBytes;

    private int Take(int count)
    {
        lock (_lock)
        {
            int fits = (int)Math.Min(count, _freeBytes);
            if (_freeBytes != long.MaxValue)
                _freeBytes -= fits;

            return fits;
        }
    }

    private sealed class FaultyStream(FaultyDisk disk, Stream file) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Interlocked.Increment(ref disk._attempts);
            disk.Gate?.Wait();
            if (disk.WriteTime > TimeSpan.Zero)
                Thread.Sleep(disk.WriteTime);

            try
            {
                WriteWhatFits(buffer, offset, count);
            }
            catch (IOException)
            {
                Interlocked.Increment(ref disk._failures);
                throw;
            }
        }

        private void WriteWhatFits(byte[] buffer, int offset, int count)
        {
            int fits = disk.Take(count);
            file.Write(buffer, offset, fits);
            if (fits < count)
                throw new IOException("The test's disk is full.");
        }

        public override void SetLength(long value)
        {
            if (disk.RefusesToCut)
                throw new IOException("The test's disk cuts nothing.");

            file.SetLength(value);
        }

        public override void Flush()
        {
            if (disk.RefusesToSync)
                throw new IOException("The test's disk synchronises nothing.");

            file.Flush();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
                Interlocked.Decrement(ref disk._openFiles);
            }

            base.Dispose(disposing);
        }
    }
}
