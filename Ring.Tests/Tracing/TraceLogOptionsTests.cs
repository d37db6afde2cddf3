using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogOptionsTests
{
    private static IEnumerable<TestCaseData> BadOptions()
    {
        yield return Bad("Directory", "", options => options.Directory = "");
        yield return Bad("Directory", "null", options => options.Directory = null!);
        yield return Bad("Directory", "a\0b", options => options.Directory = "a\0b");
        yield return Bad("Sources", "none", options => options.Sources.Clear());
        yield return Bad("Sources", "null", options => options.Sources.Add(null!));
        yield return Bad("Sources", "Shop.*.Cart", options => options.Sources.Add("Shop.*.Cart"));
        yield return Bad("ServiceName", " ", options => options.ServiceName = " ");
        yield return Bad("ServiceName", new string('x', 1001), options => options.ServiceName = new string('x', 1001));
        yield return Bad("FileNamePrefix", "", options => options.FileNamePrefix = "");
        yield return Bad("FileNamePrefix", "a/b", options => options.FileNamePrefix = "a/b");
        yield return Bad("FileNamePrefix", new string('x', 101), options => options.FileNamePrefix = new string('x', 101));
        yield return Bad("Overflow", "7", options => options.Overflow = (OverflowPolicy)7);
        yield return Bad("RingSize", "0", options => options.RingSize = 0);
        yield return Bad("RingSize", "-64", options => options.RingSize = -64);
        yield return Bad("RingSize", "32", options => options.RingSize = 32);
        yield return Bad("RingSize", "1000", options => options.RingSize = 1000);
        yield return Bad("RingSize", "131072", options => options.RingSize = 131_072);
        yield return Bad("SizeLimitBytes", "65535", options => options.Files.SizeLimitBytes = 65_535);
        yield return Bad("Interval", "00:00:00", options => options.Statistics.Interval = TimeSpan.Zero);
        yield return Bad("Interval", "02:00:00", options => options.Statistics.Interval = TimeSpan.FromHours(2));
        yield return Bad("Attributes", "-1", options => options.Limits.Attributes = -1);
        yield return Bad("Events", "10001", options => options.Limits.Events = 10_001);
        yield return Bad("Links", "-1", options => options.Limits.Links = -1);
        yield return Bad("TextLength", "0", options => options.Limits.TextLength = 0);
        yield return Bad("BaggageKeys", "be ", options => options.BaggageKeys.Add(""));
        yield return Bad("BlockTimeout", "-00:00:01", options => options.BlockTimeout = TimeSpan.FromSeconds(-1));
        yield return Bad("DiscardReportThreshold", "0", options => options.DiscardReportThreshold = 0);
        yield return Bad("Name", "a/b", options => options.Logs.Add(new SpanLogOptions { Name = "a/b" }));
        yield return Bad("Format", "9", options => options.Logs.Add(new SpanLogOptions { Name = "a", Format = (SpanFormat)9 }));
        yield return Bad("SizeLimitBytes", "7", options => options.Logs.Add(new SpanLogOptions { Name = "a", Files = { SizeLimitBytes = 7 } }));
        yield return Bad("Logs", "A", options =>
        {
            options.Logs.Add(new SpanLogOptions { Name = "a" });
            options.Logs.Add(new SpanLogOptions { Name = "A" });
        });
        yield return Bad("ShutdownTimeout", "-00:00:01", options => options.ShutdownTimeout = TimeSpan.FromSeconds(-1));
        yield return Bad("ShutdownTimeout", "02:00:00", options => options.ShutdownTimeout = TimeSpan.FromHours(2));
    }

    [TestCaseSource(nameof(BadOptions))]
    public void A_bad_value_is_named_with_the_option_and_leaves_nothing_behind(
        string option, string value, Action<TraceLogOptions> spoil)
    {
        using LogFixture fixture = new();

        ArgumentException? exception = Assert.Catch<ArgumentException>(() => fixture.Open(spoil).Dispose());

        Assert.Multiple(() =>
        {
            Assert.That(exception!.ParamName, Is.EqualTo(option));
            Assert.That(exception.Message, Does.Contain(value));
            Assert.That(Directory.EnumerateFileSystemEntries(fixture.Root), Is.Empty);
            Assert.That(fixture.Source.HasListeners(), Is.False);
        });
    }

    [Test]
    public void Options_are_required() => Assert.Multiple(() =>
    {
        Assert.That(() => new TraceLog(null!), Throws.ArgumentNullException);
        Assert.That(() => TraceLog.Start(null!), Throws.ArgumentNullException);
    });

    [Test]
    public void A_folder_that_is_a_file_is_refused_with_its_path()
    {
        using LogFixture fixture = new();
        string file = Path.Combine(fixture.Root, "taken");
        File.WriteAllText(file, "");

        Assert.Multiple(() =>
        {
            Assert.That(
                () => fixture.Open(options => options.Directory = file).Dispose(),
                Throws.InstanceOf<IOException>().With.Message.Contains(file));
            Assert.That(fixture.Source.HasListeners(), Is.False);
        });
    }

    [Test]
    [Platform(Include = "Linux")]
    public void A_folder_that_cannot_be_made_is_named_in_words([Values("/proc/ring", "/dev/null/ring", "/dev/null")] string folder)
    {
        using LogFixture fixture = new();

        Assert.That(
            () => fixture.Open(options => options.Directory = folder).Dispose(),
            Throws.InstanceOf<IOException>().With.Message.StartsWith($"The folder '{folder}' cannot be made: "));
    }

    [Test]
    [Platform(Include = "Linux")]
    public void A_first_file_that_cannot_be_made_is_named_in_words()
    {
        using LogFixture fixture = new();
        string prefix = new('\u754c', 100);

        Assert.That(
            () => fixture.Open(options => options.FileNamePrefix = prefix).Dispose(),
            Throws.InstanceOf<IOException>().With.Message.StartsWith($"No file can be made in the folder '{fixture.Root}': "));
    }

    [Test]
    public void A_folder_that_takes_no_files_is_refused_at_once()
    {
        using LogFixture fixture = new();
        fixture.Disk.RefusesToOpen = true;

        Assert.Multiple(() =>
        {
            Assert.That(() => fixture.Open().Dispose(), Throws.InstanceOf<UnauthorizedAccessException>());
            Assert.That(fixture.Source.HasListeners(), Is.False);
            Assert.That(Directory.EnumerateFileSystemEntries(fixture.Root), Is.Empty);
        });
    }

    [Test]
    public void A_missing_folder_is_made()
    {
        using LogFixture fixture = new();
        using TraceLog log = fixture.Open(options => options.Directory = Path.Combine(fixture.Root, "a", "b"));

        Assert.That(log.Files.Single(), Does.StartWith(Path.Combine(fixture.Root, "a", "b", "spans-")).And.EndsWith(".jsonl"));
    }

    [Test]
    public void Changing_options_after_the_start_changes_nothing()
    {
        using LogFixture fixture = new();
        TraceLogOptions options = fixture.Options();
        using TraceLog log = new(options);
        options.Sources.Clear();
        options.Directory = "elsewhere";
        fixture.End(1);
        log.Dispose();

        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_service_is_the_entry_assembly_unless_told()
        => Assert.That(new TraceLogOptions().ServiceName, Is.Not.Empty);

    private static TestCaseData Bad(string option, string value, Action<TraceLogOptions> spoil) =>
        new TestCaseData(option, value, spoil).SetArgDisplayNames(option, value.Replace('\0', '0'));
}
