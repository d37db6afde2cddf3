using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class LineWriterTests
{
    private readonly Utf8Buffer _lines = new(16);
    private ManualClock _clock = null!;
    private FaultyDisk _disk = null!;
    private TempFolder _folder = null!;
    private RollingFile _file = null!;
    private LineWriter _writer = null!;

    [SetUp]
    public void MakeWriter()
    {
        _clock = new ManualClock();
        _disk = new FaultyDisk();
        _folder = new TempFolder();
        _file = new RollingFile(new FileNaming(_folder.Root, "spans", ".jsonl"), 1_000_000_000, _disk, _clock);
        _writer = new LineWriter(_file, _clock);
    }

    [TearDown]
    public void RemoveFolder()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void What_the_disk_takes_counts_as_written()
    {
        Write("one\n", 3);

        Expect(written: 3, pending: 0, discarded: 0);
        Assert.That(Content(), Is.EqualTo("one\n"));
    }

    [Test]
    public void What_the_disk_refuses_is_pending_and_written_when_the_disk_is_back()
    {
        _disk.FreeBytes = 2;
        Write("one\n", 1);
        Write("two\n", 2);
        Expect(written: 0, pending: 3, discarded: 0);

        _disk.FreeBytes = long.MaxValue;
        _writer.RetryIfDue();
        Expect(written: 0, pending: 3, discarded: 0);

        _clock.Advance(LineWriter.RetryDelay);
        _writer.RetryIfDue();
        Expect(written: 3, pending: 0, discarded: 0);
        Assert.That(Content(), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void Later_lines_do_not_overtake_pending_ones()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 1);
        _disk.FreeBytes = long.MaxValue;
        Write("two\n", 1);
        _clock.Advance(LineWriter.RetryDelay);
        Write("three\n", 1);

        Assert.That(Content(), Is.EqualTo("one\ntwo\nthree\n"));
    }

    [Test]
    public void A_disk_that_refuses_is_left_alone_for_a_while()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 1);
        Write("two\n", 1);
        _writer.RetryIfDue();

        Assert.That(_disk.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void What_does_not_fit_the_memory_is_discarded_and_counted()
    {
        _disk.FreeBytes = 0;
        string half = new string('x', (LineWriter.PendingLimit / 2) - 1) + "\n";
        Write(half, 10);
        Write(half, 20);
        Write("one more\n", 5);
        Expect(written: 0, pending: 30, discarded: 5);

        _disk.FreeBytes = long.MaxValue;
        _clock.Advance(LineWriter.RetryDelay);
        Write("after\n", 1);

        Expect(written: 31, pending: 0, discarded: 5);
        Assert.That(Content(), Is.EqualTo(half + half + "after\n"));
    }

    [Test]
    public void A_retry_that_fails_half_way_keeps_what_is_left()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 1);
        Write("two\n", 1);
        _disk.FreeBytes = 6;
        _clock.Advance(LineWriter.RetryDelay);
        _writer.RetryIfDue();
        Expect(written: 1, pending: 1, discarded: 0);
        Write("three\n", 1);

        _disk.FreeBytes = long.MaxValue;
        _clock.Advance(LineWriter.RetryDelay);
        _writer.RetryIfDue();

        Expect(written: 3, pending: 0, discarded: 0);
        Assert.That(Content(), Is.EqualTo("one\ntwo\nthree\n"));
    }

    [Test]
    public void At_the_end_the_disk_has_one_more_chance_without_waiting()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 1);
        _disk.FreeBytes = long.MaxValue;
        _writer.Finish();

        Expect(written: 1, pending: 0, discarded: 0);
    }

    [Test]
    public void At_the_end_what_cannot_be_written_is_discarded()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 4);
        _writer.Finish();

        Expect(written: 0, pending: 0, discarded: 4);
        Assert.That(Content(), Is.Empty);
    }

    [Test]
    public void Nothing_is_synchronised_while_lines_wait_for_the_disk()
    {
        _disk.FreeBytes = 0;
        Write("one\n", 1);
        Assert.That(_writer.TrySync(), Is.False);

        _disk.FreeBytes = long.MaxValue;
        _clock.Advance(LineWriter.RetryDelay);
        Assert.That(_writer.TrySync(), Is.True);
        Expect(written: 1, pending: 0, discarded: 0);
    }

    [Property(MaxTest = 10)]
    public Property Each_record_is_written_pending_or_discarded_and_the_file_has_those_written()
    {
        Gen<int> steps = Gen.Choose(0, 99);
        return Prop.ForAll(steps.ArrayOf().ToArbitrary(), program =>
        {
            RemoveFolder();
            MakeWriter();
            return Run(program);
        });
    }

    private bool Run(int[] program)
    {
        int offered = 0;
        bool holds = true;
        foreach (int step in program)
        {
            offered += Step(step);
            holds &= offered == _writer.Written + _writer.Pending + _writer.Discarded;
        }

        _writer.Finish();
        return holds && _writer.Pending == 0 && offered == _writer.Written + _writer.Discarded
            && Content().Count(character => character == '\n') == _writer.Written;
    }

    private int Step(int step)
    {
        switch (step % 4)
        {
            case 0:
                _disk.FreeBytes = step < 50 ? step * 20_000 : long.MaxValue;
                return 0;
            case 1:
                _clock.Advance(TimeSpan.FromMilliseconds(step * 20));
                return 0;
            default:
                Write(new string('x', step * 3000) + "\n", 1);
                return 1;
        }
    }

    private void Write(string text, int records)
    {
        _lines.Clear();
        _lines.Append(Encoding.UTF8.GetBytes(text));
        _writer.Write(_lines, records);
    }

    private void Expect(long written, long pending, long discarded)
        => Assert.That((_writer.Written, _writer.Pending, _writer.Discarded), Is.EqualTo((written, pending, discarded)));

    private string Content() => string.Concat(_file.Paths.Select(path => Encoding.UTF8.GetString(OtlpReader.ReadShared(path))));
}
