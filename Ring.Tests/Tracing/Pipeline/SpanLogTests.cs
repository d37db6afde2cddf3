using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SpanLogTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FaultyDisk _disk = new();
    private readonly TempFolder _folder = new();
    private readonly LineWriter _lines;
    private readonly SpanLog _log;
    private readonly DateTime _start;

    public SpanLogTests()
    {
        _start = _clock.UtcNow;
        RollingFile file = new(new FileNaming(_folder.Root, "spans", ".jsonl"), 100_000_000, _disk, _clock);
        _lines = new LineWriter(file, _clock);
        OtlpEncoder encoder = new([], new SpanLimitOptions(), redact: null);
        _log = new SpanLog(filter: null, loadTests: null, encoder, file, _lines, OtlpLimits.LineTarget, _start);
        _log.OpenFirst();
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void What_could_not_be_declared_is_declared_later_for_all_the_time()
    {
        FillDiskAndMemory();
        Declare(lost: 3);
        Declare(lost: 5);
        _disk.FreeBytes = long.MaxValue;
        _log.Finish();

        Declare(lost: 5);

        LoggedGap gap = Gaps().Single();
        Assert.That((gap.Count, gap.Reason), Is.EqualTo((5L, "queue_full")));
        Assert.That((gap.StartTimeUtc, gap.EndTimeUtc), Is.EqualTo((_start, _clock.UtcNow)));
    }

    [Test]
    public void A_declaration_that_was_dropped_at_the_end_is_made_again()
    {
        _disk.FreeBytes = 0;
        Declare(lost: 3);
        Assert.That(_lines.IsWaiting, Is.True, "it is kept for later");
        _log.Finish();
        _disk.FreeBytes = long.MaxValue;

        Declare(lost: 3);

        Assert.That(Gaps().Sum(gap => gap.Count), Is.EqualTo(3));
    }

    [Test]
    public void What_was_declared_is_not_declared_again()
    {
        Declare(lost: 3);
        Declare(lost: 3);
        Declare(lost: 4);

        Assert.That(Gaps().Select(gap => gap.Count), Is.EqualTo(new long[] { 3, 1 }));
    }

    private IEnumerable<LoggedGap> Gaps() => new TraceLogReader(_folder.Root).Read().OfType<LoggedGap>();

    private void Declare(long lost)
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        SharedLosses losses = new(_clock.UtcNow, traces: []);
        losses.Set(LossReason.RingFull, lost);
        _log.DeclareLosses(losses);
    }

    private void FillDiskAndMemory()
    {
        _disk.FreeBytes = 0;
        Utf8Buffer lines = new(LineWriter.PendingLimit);
        lines.Append(new byte[LineWriter.PendingLimit - 1]);
        lines.Append((byte)'\n');
        Assert.That(_lines.Write(lines, records: 0), Is.True);
    }
}
