using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogCheckTests
{
    private ReadingFixture _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new ReadingFixture();

    [TearDown]
    public void RemoveFolder() => _files.Dispose();

    [Test]
    public void A_log_that_was_disposed_of_is_complete()
    {
        using LogFixture fixture = new();
        using (fixture.Open())
        {
            using Activity? parent = fixture.Source.StartActivity("parent");
            fixture.End(9);
        }

        TraceLogCheck check = new TraceLogReader(fixture.Root).Check();

        Assert.Multiple(() =>
        {
            Assert.That(check.IsComplete, Is.True);
            Assert.That((check.SpanCount, check.ProcessCount), Is.EqualTo((10L, 1)));
            Assert.That((check.SpanFileCount, check.StatisticFileCount, check.StatisticCount), Is.EqualTo((1, 1, 2L)));
            Assert.That(
                check.ToString(),
                Is.EqualTo("complete: 10 spans of 1 processes in 1 files "
                    + "(lost 0, orphans 0, repeated 0, torn tails 0, bad lines 0, unreadable files 0)"));
        });
    }

    [Test]
    public void Nothing_is_not_complete()
    {
        TraceLogCheck check = _files.Reader.Check();

        Assert.That((check.SpanFileCount, check.IsComplete), Is.EqualTo((0, false)));
    }

    [Test]
    public void Gaps_are_added_up_by_reason()
    {
        string later = OtlpText.Gap(3, 5, "queue_full").Replace("1795224601", "1795224609", StringComparison.Ordinal);
        _files.Write("spans.jsonl", OtlpText.Gap(1, 17, "queue_full"), OtlpText.Gap(2, 4, "not_w3c"), later);

        TraceLogCheck check = _files.Reader.Check();
        GapSummary full = check.Gaps[1];

        Assert.Multiple(() =>
        {
            Assert.That(check.IsComplete, Is.False);
            Assert.That(check.Gaps.Select(gap => (gap.Reason, gap.RecordCount, gap.SpanCount)),
                Is.EqualTo([("not_w3c", 1, 4L), ("queue_full", 2, 22L)]));
            Assert.That(check.LostSpanCount, Is.EqualTo(26));
            Assert.That((full.StartTimeUtc.Second, full.EndTimeUtc.Second), Is.EqualTo((0, 9)));
            Assert.That(check.SpanCount, Is.Zero);
        });
    }

    [Test]
    public void A_gap_record_that_was_written_twice_counts_once()
    {
        _files.Write("spans.jsonl", OtlpText.Gap(1, 17, "queue_full"), OtlpText.Gap(1, 17, "queue_full"));

        Assert.That(_files.Reader.Check().LostSpanCount, Is.EqualTo(17));
    }

    [Test]
    public void A_span_whose_parent_is_in_no_file_is_an_orphan()
    {
        _files.Write("spans.jsonl", OtlpText.Line([OtlpText.Span(1, parent: 9), OtlpText.Span(2, parent: 9), OtlpText.Span(3)]));

        TraceLogCheck check = _files.Reader.Check();

        Assert.Multiple(() =>
        {
            Assert.That(check.OrphanCount, Is.EqualTo(2));
            Assert.That(check.OrphanTraces.Select(trace => trace.ToHexString()), Is.EqualTo([OtlpText.Trace]));
            Assert.That(check.IsComplete, Is.False);
        });
    }

    [TestCase(new[] { 1, 9 }, TestName = "A_span_whose_parent_comes_later_is_no_orphan")]
    [TestCase(new[] { 9, 1 }, TestName = "A_span_whose_parent_came_before_is_no_orphan")]
    public void A_span_with_its_parent_is_no_orphan(int[] order)
    {
        _files.Write("spans.jsonl", [.. order.Select(id => OtlpText.Line([OtlpText.Span(id, parent: id == 1 ? 9 : 0)]))]);

        Assert.That(_files.Reader.Check().OrphanCount, Is.Zero);
    }

    [Test]
    public void A_parent_of_another_process_does_not_count()
    {
        _files.Write(
            "spans.jsonl",
            OtlpText.Line([OtlpText.Span(1, parent: 9)]),
            OtlpText.Line([OtlpText.Span(9)], instance: "second"));

        Assert.That(_files.Reader.Check().OrphanCount, Is.EqualTo(1));
    }

    [TestCase(0x300, TestName = "A_span_with_a_remote_parent_is_no_orphan")]
    [TestCase(0, TestName = "A_span_of_which_it_is_not_known_where_its_parent_is_is_no_orphan")]
    public void A_span_with_these_flags_is_no_orphan(int flags)
    {
        _files.Write("spans.jsonl", OtlpText.Line([OtlpText.Span(1, parent: 9, flags: flags)]));

        Assert.That(_files.Reader.Check().IsComplete, Is.True);
    }

    [Test]
    public void A_span_that_was_written_twice_counts_once_and_does_no_harm()
    {
        string line = OtlpText.Line([OtlpText.Span(1)]);
        _files.Write("spans.jsonl", line, line);

        TraceLogCheck check = _files.Reader.Check();

        Assert.That((check.SpanCount, check.RepeatedSpanCount, check.IsComplete), Is.EqualTo((1L, 1L, true)));
    }

    [Test]
    public void Faults_of_all_files_are_counted_by_kind()
    {
        _files.Write("a.jsonl", "bad\n", "bad\n", "torn");
        _files.Write("b.jsonl.gz", "no gzip");
        _files.Write("c.stat.ndjson", "{}\n", "torn");

        TraceLogCheck check = _files.Reader.Check();

        Assert.Multiple(() =>
        {
            Assert.That((check.TornTailCount, check.BadLineCount, check.UnreadableFileCount), Is.EqualTo((2L, 3L, 1L)));
            Assert.That(check.Faults, Has.Count.EqualTo(6));
            Assert.That(check.IsComplete, Is.False);
        });
    }

    [Test]
    public void Examples_are_limited_and_counts_are_not()
    {
        _files.Write("a.jsonl", [.. Enumerable.Range(1, 150).SelectMany(id => (string[])
        [
            "bad\n", OtlpText.Line([OtlpText.Span(id, parent: 999, trace: $"{id:x32}")]),
        ])]);

        TraceLogCheck check = _files.Reader.Check();

        Assert.Multiple(() =>
        {
            Assert.That((check.BadLineCount, check.Faults.Count), Is.EqualTo((150L, 100)));
            Assert.That((check.OrphanCount, check.OrphanTraces.Count), Is.EqualTo((150L, 100)));
        });
    }
}
