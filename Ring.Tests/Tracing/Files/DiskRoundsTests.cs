using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>What others do to the files of a running log, again and again: no span is counted wrong, and none is lost that they left.</summary>
[TestFixture]
public sealed class DiskRoundsTests
{
    private const int Rounds = 20;
    private const int SpansPerRound = 200;

    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    [Platform(Include = "Linux")]
    public void After_each_time_that_the_disk_is_full_every_span_is_written_once()
    {
        using SmallVolume volume = SmallVolume.MountOrIgnore(mebibytes: 4);
        using TraceLog log = _fixture.Open(options => Prepare(options, volume.Root));
        for (int round = 0; round < Rounds; round++)
        {
            int failures = _fixture.Disk.Failures;
            volume.Fill();
            _fixture.End(SpansPerRound);
            Eventually.Holds(() => _fixture.Disk.Failures > failures, "a write fails");
            volume.Free();
            FlushWithRetries(log);
        }

        ExpectAllWritten(log);
        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(Rounds * SpansPerRound));
    }

    [Test]
    public void After_each_time_that_the_file_is_moved_the_spans_go_to_a_new_one()
    {
        using TempFolder elsewhere = new();
        using TraceLog log = _fixture.Open(options => Prepare(options, _fixture.Root));
        List<string> moved = [];
        for (int round = 0; round < Rounds; round++)
        {
            _fixture.End(SpansPerRound);
            Wait.For(log.FlushAsync(), "the flush");
            string file = log.Files.Single();
            moved.Add(Path.Combine(elsewhere.Root, Path.GetFileName(file)));
            File.Move(file, moved[^1]);
        }

        ExpectAllWritten(log);
        foreach (string file in moved)
            Assert.That(OtlpReader.ReadFiles([file]), Has.Count.EqualTo(SpansPerRound));
    }

    [Test]
    public void After_each_time_that_the_folder_is_removed_the_spans_go_to_a_new_one()
    {
        string folder = Path.Combine(_fixture.Root, "logs");
        using TraceLog log = _fixture.Open(options => Prepare(options, folder));
        for (int round = 0; round < Rounds; round++)
        {
            _fixture.End(SpansPerRound);
            Wait.For(log.FlushAsync(), "the flush");
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(SpansPerRound));
            Directory.Delete(folder, recursive: true);
        }

        ExpectAllWritten(log);
    }

    [Test]
    public void Two_logs_in_one_folder_with_strict_limits_never_take_each_others_file_away()
    {
        using TraceLog one = _fixture.Open(Strict);
        using TraceLog other = _fixture.Open(Strict);
        for (int round = 0; round < Rounds; round++)
            _fixture.End(SpansPerRound);

        foreach (TraceLog log in new[] { one, other })
        {
            Wait.For(log.FlushAsync(), "the flush");
            ExpectAllWritten(log);
            // It is written still, so nobody has taken it away.
            Assert.That(OtlpReader.ReadFiles([log.Files[^1]]), Is.Not.Empty);
        }

        void Strict(TraceLogOptions options)
        {
            Prepare(options, _fixture.Root);
            options.Files.SizeLimitBytes = 64 * 1024;
            options.Files.KeepFiles = 2;
            options.Files.Compress = true;
        }
    }

    private static void Prepare(TraceLogOptions options, string directory)
    {
        options.Directory = directory;
        options.Overflow = OverflowPolicy.Block;
        // So that nothing rolls, and each round has its file.
        options.Files.RollInterval = RollInterval.Never;
    }

    private void FlushWithRetries(TraceLog log)
    {
        Task flush = log.FlushAsync();
        Eventually.Holds(
            () =>
            {
                _fixture.Clock.Advance(LineWriter.RetryDelay);
                return flush.IsCompleted;
            },
            "the retry");
    }

    private static void ExpectAllWritten(TraceLog log)
    {
        TraceLogCounts counts = log.Counts;
        Assert.That(
            (counts.Accepted, counts.Written, counts.Discarded, counts.InFlight),
            Is.EqualTo((Rounds * SpansPerRound, Rounds * SpansPerRound, 0L, 0L)));
    }
}
