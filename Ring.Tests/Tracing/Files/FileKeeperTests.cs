using System.IO.Compression;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FileKeeperTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FaultyDisk _disk = new();
    private readonly FileCounters _counters = new();
    private readonly FileList _files = new();
    private readonly TempFolder _folder = new();
    private readonly FileNaming _naming;
    private readonly string _current;
    private readonly Stream _stream;

    public FileKeeperTests()
    {
        _naming = new FileNaming(_folder.Root, "spans", ".jsonl");
        _current = _naming.Next(_clock.UtcNow);
        _stream = DiskFileOpener.Instance.CreateNew(_current);
        _files.Opened(_current);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void The_oldest_files_are_deleted_until_as_many_are_left_as_are_kept()
    {
        string[] old = [Old(1), Old(2), Old(3)];
        Keep(keepFiles: 3);

        Assert.Multiple(() =>
        {
            Assert.That(Left(), Is.EqualTo([old[1], old[2], _current]));
            Assert.That(_counters.Deleted, Is.EqualTo(1));
        });
    }

    [Test]
    public void The_oldest_files_are_deleted_until_all_together_are_small_enough()
    {
        string[] old = [Old(1, "12345\n"), Old(2, "123\n"), Old(3, "12345\n")];
        Keep(keepBytes: 11);

        Assert.That(Left(), Is.EqualTo([old[1], old[2], _current]));
    }

    [Test]
    public void Files_are_deleted_when_their_last_line_is_too_old()
    {
        string aged = Old(1);
        string kept = Old(2);
        File.SetLastWriteTimeUtc(aged, _clock.UtcNow.AddHours(-2).AddSeconds(-1));
        File.SetLastWriteTimeUtc(kept, _clock.UtcNow.AddHours(-2).AddSeconds(1));
        Keep(keepFor: TimeSpan.FromHours(2));

        Assert.That(Left(), Is.EqualTo([kept, _current]));
    }

    [Test]
    public void Archives_count_as_the_files_that_they_were()
    {
        Old(1, extension: ".jsonl.gz");
        string kept = Old(2);
        Keep(keepFiles: 2);

        Assert.That(Left(), Is.EqualTo([kept, _current]));
    }

    [Test]
    public void Files_of_other_logs_and_other_people_stay()
    {
        string[] others = ["notes.txt", "spans-notes.jsonl", "spans-http-20261120T010000Z-7-0a1b2c3d-0001.jsonl"];
        foreach (string other in others)
            File.WriteAllText(Path.Combine(_folder.Root, other), "mine\n");

        Old(1);
        Keep(keepFiles: 1);

        Assert.That(Left().Select(Path.GetFileName), Is.EquivalentTo([.. others, Path.GetFileName(_current)]));
    }

    [Test]
    public void The_file_that_is_written_stays_however_strict_the_limits_are()
    {
        File.SetLastWriteTimeUtc(_current, _clock.UtcNow.AddYears(-1));
        _stream.Write("line\n"u8);
        Keep(keepFiles: 1, keepBytes: 1, keepFor: TimeSpan.FromMinutes(1), compress: true);

        Assert.That(Left(), Is.EqualTo([_current]));
    }

    [Test]
    public void A_file_that_another_log_writes_is_neither_deleted_nor_compressed_nor_closed_off()
    {
        FileNaming other = new(_folder.Root, "spans", ".jsonl");
        string path = other.Next(_clock.UtcNow.AddDays(-3));
        using (Stream stream = DiskFileOpener.Instance.CreateNew(path))
        {
            stream.Write("half a li"u8);
            FileKeeper keeper = NewKeeper(keepFiles: 1, compress: true);
            keeper.Keep(CancellationToken.None);
            Assert.That(Left(), Is.EqualTo([path, _current]));
            Assert.That(Content(path), Is.EqualTo("half a li"));
        }

        Keep(keepFiles: 1);
        Assert.That(Left(), Is.EqualTo([_current]));
    }

    [Test]
    public void Where_locks_mean_nothing_a_file_of_others_is_left_alone_for_a_day()
    {
        // As on such a volume: it is the current file, and yet it can be opened by one alone.
        _stream.Dispose();
        string fresh = Old(1);
        string silent = Old(2);
        File.SetLastWriteTimeUtc(fresh, _clock.UtcNow.AddHours(-23));
        File.SetLastWriteTimeUtc(silent, _clock.UtcNow.AddHours(-25));
        Keep(keepFiles: 1);

        Assert.That(Left(), Is.EqualTo([fresh, _current]));
    }

    [Test]
    public void Where_locks_mean_nothing_the_log_knows_its_own_files()
    {
        _stream.Dispose();
        string next = _naming.Next(_clock.UtcNow);
        File.WriteAllText(next, "line\n");
        _files.Opened(next);
        Keep(keepFiles: 1);

        Assert.That(Left(), Is.EqualTo([next]));
    }

    [Test]
    public void A_torn_last_line_of_a_dead_process_is_ended_and_nothing_is_taken_away()
    {
        string torn = Old(1, "whole\nto");
        string whole = Old(2, "whole\n");
        string empty = Old(3, "");
        FileKeeper keeper = NewKeeper();
        keeper.Keep(CancellationToken.None);
        keeper.Keep(CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(Content(torn), Is.EqualTo("whole\nto\n"));
            Assert.That(Content(whole), Is.EqualTo("whole\n"));
            Assert.That(Content(empty), Is.Empty);
            Assert.That(_counters.ClosedOff, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_file_that_is_complete_becomes_an_archive_of_the_same_age()
    {
        string text = string.Concat(Enumerable.Repeat("a line that comes again\n", 50_000));
        string old = Old(1, text);
        DateTime time = _clock.UtcNow.AddHours(-5);
        File.SetLastWriteTimeUtc(old, time);
        Keep(compress: true);

        Assert.Multiple(() =>
        {
            Assert.That(Left(), Is.EqualTo([old + ".gz", _current]));
            Assert.That(Unpacked(old + ".gz"), Is.EqualTo(text));
            Assert.That(new FileInfo(old + ".gz").Length, Is.LessThan(text.Length / 10));
            Assert.That(File.GetLastWriteTimeUtc(old + ".gz"), Is.EqualTo(time));
            Assert.That(_counters.Compressed, Is.EqualTo(1));
        });
    }

    [Test]
    public void An_archive_stands_in_the_place_of_its_file_in_the_list_of_the_log()
    {
        string next = _naming.Next(_clock.UtcNow);
        using Stream stream = DiskFileOpener.Instance.CreateNew(next);
        _stream.Write("line\n"u8);
        _stream.Dispose();
        _files.Opened(next);
        Keep(compress: true);

        Assert.That(_files.Paths, Is.EqualTo([_current + ".gz", next]));
    }

    [Test]
    public void Files_that_are_gone_leave_the_list_of_the_log()
    {
        string gone = _naming.Next(_clock.UtcNow);
        _files.Opened(gone);
        _files.Opened(_current);
        Keep();

        Assert.That(_files.Paths, Does.Not.Contain(gone));
    }

    [Test]
    public void An_archive_that_a_dead_process_left_unfinished_is_removed_and_made_again()
    {
        string old = Old(1);
        File.WriteAllText(old + ".gz.tmp", "half an arch");
        Keep(compress: true);

        Assert.Multiple(() =>
        {
            Assert.That(Left(), Is.EqualTo([old + ".gz", _current]));
            Assert.That(Unpacked(old + ".gz"), Is.EqualTo("line\n"));
        });
    }

    [Test]
    public void An_archive_that_another_process_is_writing_is_left_to_it()
    {
        string old = Old(1);
        using (new FileStream(old + ".gz.tmp", FileMode.CreateNew, FileAccess.Write, FileShare.None))
            Keep(compress: true);

        Assert.Multiple(() =>
        {
            Assert.That(Left(), Is.EqualTo([old, old + ".gz.tmp", _current]));
            Assert.That(_counters.KeepingFailures, Is.Zero);
        });
    }

    [Test]
    public void A_file_whose_archive_was_finished_before_the_process_died_is_deleted()
    {
        string old = Old(1);
        byte[] content = File.ReadAllBytes(old);
        Keep(compress: true);
        File.WriteAllBytes(old, content);
        Keep(compress: true);

        Assert.That(Left(), Is.EqualTo([old + ".gz", _current]));
    }

    [Test]
    public void A_file_that_is_not_what_the_archive_of_its_name_holds_stays()
    {
        string old = Old(1);
        File.WriteAllText(old + ".gz", "something else");
        Keep(compress: true);

        Assert.That(Left(), Is.EqualTo([old, old + ".gz", _current]));
    }

    [Test]
    public void A_compression_that_is_stopped_leaves_the_file_and_nothing_else()
    {
        string old = Old(1);

        Assert.Multiple(() =>
        {
            Assert.That(FileCompressor.TryCompress(old, new CancellationToken(canceled: true)), Is.False);
            Assert.That(Left(), Is.EqualTo([old, _current]));
        });
    }

    [Test]
    public void Nothing_is_compressed_where_the_archive_could_pass_the_floor_of_free_space()
    {
        string old = Old(1, "12345\n");
        _disk.ClaimedFreeBytes = 105;
        NewKeeper(compress: true, minimumFreeBytes: 100).Keep(CancellationToken.None);

        Assert.That(Left(), Is.EqualTo([old, _current]));
    }

    [Test]
    public void A_folder_that_is_gone_is_a_count_and_no_exception()
    {
        Directory.Delete(_folder.Root, recursive: true);

        Assert.That(() => Keep(keepFiles: 1), Throws.Nothing);
        Assert.That(_counters.KeepingFailures, Is.EqualTo(1));
    }

    [Test]
    public void A_link_is_not_followed()
    {
        string target = Path.Combine(_folder.Root, "target");
        File.WriteAllText(target, "someone else's");
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "spans-20261120T010000Z-1-0a1b2c3d-0001.jsonl"), target);
        Keep(compress: true);

        Assert.That(File.ReadAllText(target), Is.EqualTo("someone else's"));
    }

    private string Old(int hour, string content = "line\n", string extension = ".jsonl")
    {
        string path = Path.Combine(_folder.Root, $"spans-20261120T{hour:00}0000Z-1-0a1b2c3d-0001{extension}");
        File.WriteAllText(path, content);
        return path;
    }

    private FileKeeper NewKeeper(
        int? keepFiles = null, TimeSpan? keepFor = null, long? keepBytes = null, long minimumFreeBytes = 0, bool compress = false)
        => new(
            _naming, new FileLimits(1000, RollInterval.Day, keepFiles, keepFor, keepBytes, minimumFreeBytes, compress),
            _disk, _clock, _files, _counters);

    private void Keep(int? keepFiles = null, TimeSpan? keepFor = null, long? keepBytes = null, bool compress = false)
        => NewKeeper(keepFiles, keepFor, keepBytes, compress: compress).Keep(CancellationToken.None);

    private string[] Left() => [.. Directory.GetFiles(_folder.Root).Order(StringComparer.Ordinal)];

    private static string Content(string path) => System.Text.Encoding.UTF8.GetString(OtlpReader.ReadShared(path));

    private static string Unpacked(string archive)
    {
        using GZipStream stream = new(File.OpenRead(archive), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
