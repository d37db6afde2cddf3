using Ring.Tests.Tracing;
using Ring.Tracing;

namespace Ring.Tests.Stress;

/// <summary>One log, the threads that end spans, the one that plays the disk, and their books.</summary>
internal sealed class SpanTraffic : IWatched, IDisposable
{
    private const int Threads = 3;
    private const int RingSize = 64;

    /// <summary>The memory for lines that wait for the disk, in spans; none is shorter than this.</summary>
    private const int MostPending = LineWriter.PendingLimit / 100;

    private readonly Round _round;
    private readonly SpanCase _case;
    private readonly LogFixture _fixture = new();
    private readonly TraceLog _log;
    private readonly Random _random;
    private long _begun;
    private long _ended;
    private TraceLogCounts _last;
    private volatile bool _isOver;

    public SpanTraffic(Round round, SpanCase spanCase)
    {
        _round = round;
        _case = spanCase;
        _random = round.NewRandom(0);
        _log = _fixture.Open(options =>
        {
            options.Overflow = spanCase.Overflow;
            options.RingSize = RingSize;
            options.Files.SizeLimitBytes = 64 * 1024;
        });
        round.Garbage.Add(new WeakReference(_log));
        round.Watch(this);
    }

    public long Ended => Interlocked.Read(ref _ended);

    public long Progress => Ended + _log.Counts.Written;

    public void Run()
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => _round.Start(EndSpans))];
        Thread disk = _round.Start(PlayTheDisk);
        while (Array.Exists(threads, thread => thread.IsAlive))
            Look();
        _isOver = true;
        disk.Join();
        _log.Dispose();
    }

    /// <summary>Every span is in a file, once, or counted as discarded.</summary>
    public void ExpectBalancedBooks()
    {
        Look();
        _round.ExpectEqual(_last.InFlight, 0, "spans in flight");
        _round.ExpectEqual(_last.Accepted, Ended, "accepted spans");
        _round.ExpectEqual(_last.Written + _last.Discarded, Ended, "written and discarded spans");
        _round.ExpectEqual(LogFixture.Read(_log).Count, _last.Written, "spans in the files");
        _round.ExpectEqual(_last.EncodeFailed + _last.NotW3C + _last.Stopped + _last.Abandoned, 0, "spans discarded for no reason");
        _round.Expect(_case.Overflow != OverflowPolicy.Block || _last.RingFull == 0, "who waits for room gets it");
        _round.ExpectEqual(_last.LowPriority, 0, "roots discarded as if they were others");
        _round.Expect(_case.Disk == DiskMood.Failing || _last.WriteFailed == 0, "a sound disk takes everything");
    }

    public string Describe() => $"{_log.Counts}, ended {Ended}, disk: {_fixture.Disk.Failures} of {_fixture.Disk.Attempts} writes failed";

    public void Dispose()
    {
        _log.Dispose();
        _fixture.Dispose();
    }

    private void EndSpans()
    {
        while (!_round.IsOver)
        {
            Interlocked.Increment(ref _begun);
            _fixture.End(1);
            Interlocked.Increment(ref _ended);
        }
    }

    private void Look()
    {
        long ended = Ended;
        TraceLogCounts counts = _log.Counts;
        long begun = Interlocked.Read(ref _begun);
        _round.Expect(counts.Accepted >= ended && counts.Accepted <= begun, $"{ended} <= {counts} <= {begun}");
        int most = RingSize + (_case.Disk == DiskMood.Failing ? MostPending : 0);
        _round.Expect(counts.InFlight >= 0 && counts.InFlight <= most, $"at most {most} in flight: {counts}");
        _round.Expect(counts.Written >= _last.Written && counts.Discarded >= _last.Discarded, $"{counts} after {_last}");
        _last = counts;
    }

    private void PlayTheDisk()
    {
        while (!_isOver)
        {
            if (_case.Disk == DiskMood.Slow)
                HoldWrites();
            else if (_case.Disk == DiskMood.Failing)
                RefuseWrites();
            Thread.Sleep(_random.Next(3));
        }
    }

    private void HoldWrites()
    {
        ManualResetEventSlim gate = new(false);
        _fixture.Disk.Gate = gate;
        Thread.Sleep(_random.Next(3));
        _fixture.Disk.Gate = null;
        gate.Set();
    }

    private void RefuseWrites()
    {
        _fixture.Disk.FreeBytes = _random.Next(4096);
        Thread.Sleep(_random.Next(10));
        _fixture.Disk.FreeBytes = long.MaxValue;
        _fixture.Clock.Advance(LineWriter.RetryDelay);
    }
}
