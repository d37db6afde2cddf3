using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class RollingFileTests
{
    private readonly ManualClock _clock = new();
    private readonly FaultyDisk _disk = new();
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _disk.FreeBytes = long.MaxValue;
        _disk.RefusesToCut = false;
        _disk.RefusesToOpen = false;
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

    [Test]
    public void A_file_that_exists_is_neither_opened_nor_changed()
    {
        string taken = new FileNaming(_folder.Root, "spans", ".jsonl").Next(_clock.UtcNow);
        File.WriteAllText(taken, "someone else's");
        using RollingFile file = NewFile();
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
    public void A_reader_may_delete_the_file_while_it_is_written()
    {
        using RollingFile file = NewFile();
        Write(file, "one\n");
        File.Delete(file.Paths[0]);

        Assert.That(TryWrite(file, "two\n"), Is.True);
    }

    private RollingFile NewFile(long limit = 1000) => new(new FileNaming(_folder.Root, "spans", ".jsonl"), limit, _disk, _clock);

    private static bool TryWrite(RollingFile file, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return file.TryWrite(bytes, 0, bytes.Length);
    }

    private static void Write(RollingFile file, string text) => Assert.That(TryWrite(file, text), Is.True);

    private static string[] Contents(RollingFile file)
        => [.. file.Paths.Select(path => Encoding.UTF8.GetString(OtlpReader.ReadShared(path)))];

    private static bool IsOneLine(string content) => content.IndexOf('\n') == content.Length - 1;

    private sealed class FullDevice : IFileOpener
    {
        public Stream CreateNew(string path) =>
            new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
    }
}
