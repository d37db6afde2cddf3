using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class FileNamingTests
{
    private static readonly DateTime Time = new(2026, 11, 21, 1, 30, 5, DateTimeKind.Utc);

    [Test]
    public void A_name_tells_the_prefix_the_time_the_process_the_log_and_a_number()
    {
        FileNaming naming = new("logs", "spans", ".jsonl");
        string first = naming.Next(Time);
        string second = naming.Next(Time);

        Assert.Multiple(() =>
        {
            Assert.That(Path.GetDirectoryName(first), Is.EqualTo("logs"));
            Assert.That(
                Path.GetFileName(first), Does.Match($"^spans-20261121T013005Z-{Environment.ProcessId}-[0-9a-f]{{8}}-0001\\.jsonl$"));
            Assert.That(second, Is.EqualTo(first.Replace("-0001.jsonl", "-0002.jsonl", StringComparison.Ordinal)));
        });
    }

    [Test]
    public void Two_logs_of_one_process_and_second_have_different_names()
    {
        FileNaming one = new("logs", "spans", ".jsonl");
        FileNaming other = new("logs", "spans", ".jsonl");

        Assert.That(one.Next(Time), Is.Not.EqualTo(other.Next(Time)));
    }

    [Test]
    public void Names_of_a_log_sort_by_age_even_if_the_clock_goes_back()
    {
        FileNaming naming = new("logs", "spans", ".jsonl");
        string[] names = [.. new[] { 0, 5, -3600, 7 }.Select(seconds => naming.Next(Time.AddSeconds(seconds)))];

        Assert.That(names, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl", KeptFileKind.Lines)]
    [TestCase("spans-20261121T013005Z-4194304-0a1b2c3d-12345.jsonl", KeptFileKind.Lines)]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl.gz", KeptFileKind.Archive)]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl.gz.tmp", KeptFileKind.UnfinishedArchive)]
    public void Files_of_the_log_are_recognised_whoever_made_them(string name, object kind)
        => Assert.That(new FileNaming("logs", "spans", ".jsonl").KindOf(name), Is.EqualTo(kind));

    [TestCase("spans-http-20261121T013005Z-1-0a1b2c3d-0001.jsonl")]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.stat.ndjson")]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl.bak")]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl\n")]
    [TestCase("my-spans-20261121T013005Z-1-0a1b2c3d-0001.jsonl")]
    [TestCase("spans-20261121T013005Z-1-0a1b2c3d-0001xjsonl")]
    [TestCase("spans.jsonl")]
    [TestCase("spans-notes.jsonl")]
    public void Other_files_are_not(string name)
        => Assert.That(new FileNaming("logs", "spans", ".jsonl").KindOf(name), Is.Null);

    [Test]
    public void A_prefix_may_have_any_characters()
    {
        FileNaming naming = new("logs", "a.(b)+", ".jsonl");

        Assert.That(naming.KindOf(Path.GetFileName(naming.Next(Time))), Is.EqualTo(KeptFileKind.Lines));
    }
}
