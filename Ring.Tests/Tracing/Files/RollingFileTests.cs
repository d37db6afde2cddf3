using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class RollingFileTests
{
    private ManualClock _clock = null!;
    private FaultyDisk _disk = null!;
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _clock = new ManualClock();
        _disk = new FaultyDisk();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void A_write_that_would_pass_the_limit_goes_to_a_new_file()
    {
        using RollingFile file = NewFile(limit: 10);
        Write(file, "12345\n");
        Write(file, "678\n");
        Write(file, "9\n");

        Assert.That(Contents(file), Is.EqualTo(["12345\n678\n", "9\n"]));
    }

    [Test]
    public void A_write_larger_than_the_limit_has_a_file_of_its_own()
    {
        using RollingFile file = NewFile(limit: 4);
        Write(file, "a\n");
        Write(file, "longer than four\n");
        Write(file, "b\n");

        Assert.That(Contents(file), Is.EqualTo(["a\n", "longer than four\n", "b\n"]));
    }

    [Property(MaxTest = 50)]
    public Property Rolling_never_splits_a_write()
    {
        Gen<int[]> sizes = Gen.Choose(1, 100).ArrayOf();
        Gen<int> limits = Gen.Choose(1, 300);
        return Prop.ForAll(sizes.ToArbitrary(), limits.ToArbitrary(), (lengths, limit) =>
        {
            using TempFolder folder = new();
            using RollingFile file = new(new FileNaming(folder.Root, "spans", ".jsonl"), limit, DiskFileOpener.Instance, _clock);
            string[] lines = [.. lengths.Select((length, index) => new string((char)('a' + (index % 26)), length) + "\n")];
            foreach (string line in lines)
                Write(file, line);

            string[] contents = Contents(file);
            return string.Concat(contents) == string.Concat(lines)
                && contents.All(content => content.EndsWith('\n') && (content.Length <= limit || IsOneLine(content)));
        });
    }

    [Test]
    public void Two_logs_of_one_process_and_second_do_not_share_a_file()
    {
        using RollingFile first = NewFile();
        using RollingFile second = NewFile();
        Write(first, "first\n");
        Write(second, "second\n");

        Assert.Multiple(() =>
        {
            Assert.That(Contents(first), Is.EqualTo(["first\n"]));
            Assert.That(Contents(second), Is.EqualTo(["second\n"]));
        });
    }

    private static IEnumerable<IOException?> Thefts() => [null, new("The file is locked.", 11)];

    [TestCaseSource(nameof(Thefts))]
    public void A_file_that_is_deleted_before_it_is_locked_costs_nothing(IOException? seen)
    {
        using RollingFile file = new(new FileNaming(_folder.Root, "spans", ".jsonl"), 1000, new StealingDisk(seen), _clock);

        Write(file, "line\n");

        Assert.That(Contents(file), Is.EqualTo(["line\n"]));
    }

    [Test]
    public void A_file_that_exists_is_neither_opened_nor_changed()
    {
        FileNaming naming = new(_folder.Root, "spans", ".jsonl");
        string taken = naming.Next(_clock.UtcNow).Replace("-0001.jsonl", "-0002.jsonl", StringComparison.Ordinal);
        File.WriteAllText(taken, "someone else's");
        using RollingFile file = new(naming, 1000, _disk, _clock);
        Write(file, "ours\n");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(taken), Is.EqualTo("someone else's"));
            Assert.That(Contents(file), Is.EqualTo(["ours\n"]));
        });
    }

    [Test]
    public void A_write_that_fails_half_way_is_cut_off_again()
    {
        using RollingFile file = NewFile();
        Write(file, "whole\n");
        _disk.FreeBytes = 3;
        Assert.That(TryWrite(file, "torn line\n"), Is.False);
        Assert.That(Contents(file), Is.EqualTo(["whole\n"]));

        _disk.FreeBytes = long.MaxValue;
        Write(file, "next\n");

        Assert.Multiple(() =>
        {
            Assert.That(Contents(file), Is.EqualTo(["whole\nnext\n"]));
            Assert.That(file.BytesWritten, Is.EqualTo("whole\nnext\n".Length));
        });
    }

    [Test]
    public void A_file_that_cannot_be_cut_is_given_up_for_a_new_one()
    {
        using RollingFile file = NewFile();
        Write(file, "whole\n");
        _disk.FreeBytes = 3;
        _disk.RefusesToCut = true;
        Assert.That(TryWrite(file, "torn line\n"), Is.False);

        _disk.FreeBytes = long.MaxValue;
        Write(file, "next\n");

        Assert.That(Contents(file), Is.EqualTo(["whole\ntor", "next\n"]));
    }

    [Test]
    public void While_no_new_file_can_be_made_writing_fails_and_then_goes_on()
    {
        using RollingFile file = NewFile(limit: 4);
        Write(file, "one\n");
        _disk.RefusesToOpen = true;
        Assert.That(TryWrite(file, "two\n"), Is.False);

        _disk.RefusesToOpen = false;
        Write(file, "two\n");

        Assert.That(Contents(file), Is.EqualTo(["one\n", "two\n"]));
    }

    [Test]
    public void A_folder_that_vanished_is_made_again_for_the_next_file()
    {
        using RollingFile file = NewFile(limit: 4);
        Directory.Delete(_folder.Root);
        Write(file, "one\n");

        Assert.That(Contents(file), Is.EqualTo(["one\n"]));
    }

    [Test]
    [Platform(Include = "Linux")]
    public void A_full_device_refuses_every_write()
    {
        using RollingFile file = new(new FileNaming(_folder.Root, "spans", ".jsonl"), 1000, new FullDevice(), _clock);

        Assert.Multiple(() =>
        {
            Assert.That(TryWrite(file, "line\n"), Is.False);
            Assert.That(TryWrite(file, "line\n"), Is.False);
            Assert.That(file.BytesWritten, Is.Zero);
        });
    }

    [Test]
    public void Opening_where_no_file_can_be_made_says_why()
    {
        _disk.RefusesToOpen = true;
        using RollingFile file = NewFile();

        Assert.That(file.Open, Throws.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public void A_disk_on_which_nothing_can_be_cut_does_not_get_a_file_for_each_try()
    {
        using RollingFile file = NewFile();
        Write(file, "whole\n");
        _disk.RefusesToCut = true;
        for (int i = 0; i < 20; i++)
        {
            _disk.FreeBytes = 3;
            Assert.That(TryWrite(file, "torn line\n"), Is.False);
        }

        _disk.FreeBytes = long.MaxValue;
        Write(file, "torn line\n");

        Assert.Multiple(() =>
        {
            Assert.That(Contents(file), Is.EqualTo(["whole\ntor", "torn line\n"]));
            Assert.That(Directory.GetFiles(_folder.Root), Has.Length.EqualTo(2));
        });
    }

    [Test]
    public void A_file_that_is_deleted_is_followed_by_a_new_one_with_the_next_write()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        File.Delete(file.Paths[0]);
        Write(file, "two\n");

        Assert.That(Contents(file), Is.EqualTo(["two\n"]));
    }

    [Test]
    public void A_file_that_is_moved_keeps_what_it_has_and_gets_no_more()
    {
        using RollingFile file = NewFile();
        string moved = Path.Combine(_folder.Root, "moved");
        Write(file, "one\n");
        File.Move(file.Paths[0], moved);
        Write(file, "two\n");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(moved), Is.EqualTo("one\n"));
            Assert.That(Contents(file), Is.EqualTo(["two\n"]));
        });
    }

    [Test]
    public void A_folder_that_is_deleted_with_the_file_is_made_again()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        Directory.Delete(_folder.Root, recursive: true);
        Write(file, "two\n");

        Assert.That(Contents(file), Is.EqualTo(["two\n"]));
    }

    [TestCase(RollInterval.Hour, 30)]
    [TestCase(RollInterval.Day, (22 * 60) + 30)]
    public void A_write_after_the_hour_or_day_goes_to_a_new_file(RollInterval interval, int minutes)
    {
        // The clock starts at half past one.
        using RollingFile file = NewFile(new FileLimits(1000, interval));
        Write(file, "one\n");
        _clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
        Write(file, "two\n");
        _clock.Advance(TimeSpan.FromTicks(1));
        Write(file, "three\n");

        Assert.That(Contents(file), Is.EqualTo(["one\ntwo\n", "three\n"]));
    }

    [Test]
    public void Time_ends_no_file_if_it_is_not_asked_to()
    {
        using RollingFile file = NewFile(new FileLimits(1000, RollInterval.Never));
        Write(file, "one\n");
        _clock.Advance(TimeSpan.FromDays(400));
        Write(file, "two\n");

        Assert.That(file.Count, Is.EqualTo(1));
    }

    [Test]
    public void The_hour_of_an_empty_file_begins_with_its_first_line()
    {
        using RollingFile file = NewFile(new FileLimits(1000, RollInterval.Hour));
        file.Open();
        _clock.Advance(TimeSpan.FromHours(5));
        Write(file, "one\n");
        Write(file, "two\n");

        Assert.That(Contents(file), Is.EqualTo(["one\ntwo\n"]));
    }

    [Test]
    public void Size_and_time_end_files_together()
    {
        using RollingFile file = NewFile(new FileLimits(8, RollInterval.Hour));
        Write(file, "one\n");
        Write(file, "two\n");
        Write(file, "6\n");
        _clock.Advance(TimeSpan.FromMinutes(30));
        Write(file, "7\n");

        Assert.That(Contents(file), Is.EqualTo(["one\ntwo\n", "6\n", "7\n"]));
    }

    [Test]
    public void A_clock_that_is_set_back_does_not_keep_a_file_for_longer_than_its_hour()
    {
        using RollingFile file = NewFile(new FileLimits(1000, RollInterval.Hour));
        Write(file, "one\n");
        _clock.Step(TimeSpan.FromDays(-1));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Write(file, "two\n");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Write(file, "three\n");

        Assert.That(Contents(file), Is.EqualTo(["one\ntwo\n", "three\n"]));
    }

    [Test]
    public void A_file_whose_time_is_over_is_closed_while_nothing_is_written_and_no_empty_one_is_made()
    {
        using RollingFile file = NewFile(new FileLimits(1000, RollInterval.Hour));
        Write(file, "one\n");
        file.RollIfDue();
        Assert.That(_disk.OpenFiles, Is.EqualTo(1));

        _clock.Advance(TimeSpan.FromHours(1));
        file.RollIfDue();
        file.RollIfDue();

        Assert.Multiple(() =>
        {
            Assert.That(_disk.OpenFiles, Is.Zero);
            Assert.That(file.Count, Is.EqualTo(1));
        });
    }

    [Test]
    public void Below_the_floor_of_free_space_nothing_is_written_and_above_it_goes_on()
    {
        using RollingFile file = NewFile(new FileLimits(1000, minimumFreeBytes: 100));
        _disk.ClaimedFreeBytes = 103;
        Assert.That(TryWrite(file, "one\n"), Is.False);
        Assert.That(_disk.Attempts, Is.Zero);

        _disk.ClaimedFreeBytes = 104;
        Write(file, "one\n");
        Assert.That(TryWrite(file, "two\n"), Is.True, "The disk says that it has room still, whatever was written.");

        Assert.That(Contents(file), Is.EqualTo(["one\ntwo\n"]));
    }

    [Test]
    public void Free_space_is_asked_for_again_after_a_second()
    {
        using RollingFile file = NewFile(new FileLimits(1000, minimumFreeBytes: 100));
        Write(file, "one\n");
        _disk.ClaimedFreeBytes = 99;
        Write(file, "two\n");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(TryWrite(file, "three\n"), Is.False);
    }

    [Test]
    public void Where_nobody_can_tell_the_free_space_the_floor_is_off()
    {
        using RollingFile file = NewFile(new FileLimits(1000, minimumFreeBytes: long.MaxValue));
        _disk.ClaimedFreeBytes = null;

        Write(file, "one\n");
    }

    [Test]
    public void The_disk_itself_tells_its_free_space() => Assert.Multiple(() =>
    {
        Assert.That(DiskFileOpener.Instance.FreeBytes(_folder.Root), Is.GreaterThan(0));
        Assert.That(DiskFileOpener.Instance.FreeBytes(Path.Combine(_folder.Root, "missing")), Is.Null);
    });

    [Test]
    public void A_file_that_was_replaced_by_another_of_its_name_is_followed_by_a_new_one()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        string path = file.Paths[0];
        File.Move(path, path + ".moved");
        File.WriteAllText(path, "");

        Write(file, "two\n");

        Assert.Multiple(() =>
        {
            Assert.That(file.Count, Is.EqualTo(2));
            Assert.That(File.ReadAllText(file.Paths[^1]), Is.EqualTo("two\n"));
            Assert.That(File.ReadAllText(path), Is.Empty);
        });
    }

    [Test]
    public void A_file_that_was_lost_before_a_write_is_told_by_the_next_synchronisation_alone()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        File.Delete(file.Paths[0]);
        Write(file, "two\n");

        Assert.That((file.TrySync(), file.TrySync()), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_file_that_is_gone_when_it_is_synchronised_is_no_trouble_for_the_next()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        File.Delete(file.Paths[0]);

        Assert.That(file.TrySync(), Is.False);
        Assert.That(file.Trouble, Is.Null);
    }

    [Test]
    public void A_file_says_why_nothing_can_be_written_until_something_can()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        Assert.That(file.Trouble, Is.Null);
        _disk.FreeBytes = 0;
        TryWrite(file, "two\n");
        Assert.That(file.Trouble, Does.Contain(_folder.Root).And.Contain("full"));
        _disk.FreeBytes = long.MaxValue;

        Write(file, "two\n");

        Assert.That(file.Trouble, Is.Null);
    }

    [Test]
    public void What_is_written_can_be_synchronised_with_the_disk_file_by_file()
    {
        using RollingFile file = NewFile(limit: 4);
        Assert.That(file.TrySync(), Is.True, "Nothing is on the disk.");
        Write(file, "one\n");
        Write(file, "two\n");

        Assert.Multiple(() =>
        {
            Assert.That(file.TrySync(), Is.True);
            Assert.That((file.Counters.Syncs, file.Counters.SyncFailures), Is.EqualTo((2L, 0L)));
        });
    }

    [Test]
    public void A_closed_file_that_is_in_use_is_synchronised_later()
    {
        using RollingFile file = NewFile(limit: 4);
        Write(file, "one\n");
        Write(file, "two\n");
        using (FileLock.TryTake(file.Paths[0]))
            Assert.That(file.TrySync(), Is.False);

        Assert.That(file.TrySync(), Is.True);
    }

    [Test]
    public void A_closed_file_that_is_gone_is_told_once()
    {
        using RollingFile file = NewFile(limit: 4);
        Write(file, "one\n");
        Write(file, "two\n");
        File.Delete(file.Paths[0]);

        Assert.That((file.TrySync(), file.TrySync()), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_file_that_the_disk_fails_to_take_is_given_up_for_a_new_one()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        _disk.RefusesToSync = true;
        Assert.That(file.TrySync(), Is.False);

        _disk.RefusesToSync = false;
        Write(file, "two\n");
        Assert.Multiple(() =>
        {
            Assert.That(file.TrySync(), Is.True);
            Assert.That(Contents(file), Is.EqualTo(["one\n", "two\n"]));
        });
    }

    [Test]
    public void Synchronising_a_file_that_was_deleted_promises_nothing()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        File.Delete(file.Paths[0]);

        Assert.That(file.TrySync(), Is.False);
    }

    [Test]
    public void Writes_are_counted_with_their_bytes_and_their_time()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        Write(file, "three\n");
        _disk.FreeBytes = 0;
        TryWrite(file, "four\n");

        FileCounters counters = file.Counters;
        Assert.Multiple(() =>
        {
            Assert.That((counters.Writes, counters.BytesWritten, counters.WriteFailures), Is.EqualTo((2L, 10L, 1L)));
            Assert.That(counters.WriteTicks, Is.GreaterThan(0));
        });
    }

    private RollingFile NewFile(long limit = 1000) => new(new FileNaming(_folder.Root, "spans", ".jsonl"), limit, _disk, _clock);

    private RollingFile NewFile(FileLimits limits) => new(new FileNaming(_folder.Root, "spans", ".jsonl"), limits, _disk, _clock);

    private static bool TryWrite(RollingFile file, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return file.TryWrite(bytes, 0, bytes.Length);
    }

    private static void Write(RollingFile file, string text) => Assert.That(TryWrite(file, text), Is.True);

    private static string[] Contents(RollingFile file)
        => [.. file.Paths.Select(path => Encoding.UTF8.GetString(OtlpReader.ReadShared(path)))];

    private static bool IsOneLine(string content) => content.IndexOf('\n') == content.Length - 1;

    /// <summary>Takes the first file away between its making and its locking, as the keeper of another log may.</summary>
    private sealed class StealingDisk(IOException? seen) : IFileOpener
    {
        private bool _hasStolen;

        public Stream CreateNew(string path)
        {
            Stream file = DiskFileOpener.Instance.CreateNew(path);
            if (_hasStolen)
                return file;

            _hasStolen = true;
            File.Delete(path);
            if (seen is null)
                return file;

            file.Dispose();
            throw seen;
        }

        public long? FreeBytes(string directory) => null;
    }

    private sealed class FullDevice : IFileOpener
    {
        public Stream CreateNew(string path) =>
            new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);

        public long? FreeBytes(string directory) => null;
    }
}
