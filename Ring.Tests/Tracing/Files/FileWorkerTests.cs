using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class FileWorkerTests
{
    private readonly Utf8Buffer _lines = new(16);
    private TempFolder _folder = null!;
    private ManualClock _clock = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _clock = new ManualClock();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Old_files_are_deleted_and_compressed_while_new_ones_are_written()
    {
        using FileWorker worker = new();
        using RollingFile file = NewFile(worker, new FileLimits(4, keepFiles: 3, compress: true));
        // Its first look may meet the first file before that is locked, and delete it.
        file.Open();
        Eventually.Holds(() => worker.IsIdle, "it has looked at the first file");
        for (int i = 0; i < 10; i++)
            Write(file, "line\n");

        Eventually.Holds(() => worker.IsIdle && Endings().SequenceEqual([".gz", ".gz", ".jsonl"]), "two archives and the file that is written");
        Assert.That(file.Counters.Deleted, Is.EqualTo(7));
    }

    [Test]
    public void A_file_whose_time_is_over_is_compressed_while_nothing_is_written()
    {
        using FileWorker worker = new();
        using RollingFile file = NewFile(worker, new FileLimits(1000, RollInterval.Hour, compress: true));
        Write(file, "line\n");
        _clock.Advance(TimeSpan.FromHours(1));
        file.RollIfDue();

        Eventually.Holds(() => Endings().SequenceEqual([".gz"]), "the archive");
    }

    [Test]
    public void Old_files_are_looked_after_each_hour_though_no_new_one_is_begun()
    {
        using FileWorker worker = new();
        using RollingFile file = NewFile(worker, new FileLimits(1000, keepFor: TimeSpan.FromHours(1)));
        file.Open();
        Eventually.Holds(() => worker.IsIdle, "the look at the start");
        string old = Path.Combine(_folder.Root, "spans-20261120T010000Z-1-0a1b2c3d-0001.jsonl");
        File.WriteAllText(old, "line\n");
        File.SetLastWriteTimeUtc(old, _clock.UtcNow.AddHours(-1));
        _clock.Advance(TimeSpan.FromHours(1));
        file.RollIfDue();

        Eventually.Holds(() => !File.Exists(old), "the old file is deleted");
    }

    [Test]
    public void What_dead_processes_have_left_is_cleaned_up_at_the_start()
    {
        string torn = Path.Combine(_folder.Root, "spans-20261120T010000Z-1-0a1b2c3d-0001.jsonl");
        File.WriteAllText(torn, "to");
        using FileWorker worker = new();
        using RollingFile file = NewFile(worker, new FileLimits(1000));
        file.Open();

        Eventually.Holds(() => file.Counters.ClosedOff == 1, "the torn line is ended");
        Assert.That(File.ReadAllText(torn), Is.EqualTo("to\n"));
    }

    [Test]
    public void After_disposal_nothing_is_done_any_more()
    {
        FileWorker worker = new();
        worker.Dispose();
        worker.Dispose();
        using RollingFile file = NewFile(worker, new FileLimits(4, keepFiles: 1));
        Write(file, "line\n");
        Write(file, "line\n");

        Assert.Multiple(() =>
        {
            Assert.That(worker.IsIdle, Is.True);
            Assert.That(Endings(), Has.Length.EqualTo(2));
        });
    }

    private RollingFile NewFile(FileWorker worker, FileLimits limits)
        => new(new FileNaming(_folder.Root, "spans", ".jsonl"), limits, DiskFileOpener.Instance, _clock, worker);

    private void Write(RollingFile file, string text)
    {
        _lines.Clear();
        _lines.Append(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.That(file.TryWrite(_lines.Bytes, 0, _lines.Length), Is.True);
    }

    private string[] Endings()
        => [.. Directory.GetFiles(_folder.Root).Order(StringComparer.Ordinal).Select(path => Path.GetExtension(path))];
}
