using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogReaderTests
{
    private ReadingFixture _files = null!;

    private static ActivityTraceId Trace => ActivityTraceId.CreateFromString(OtlpText.Trace);

    [SetUp]
    public void MakeFolder() => _files = new ReadingFixture();

    [TearDown]
    public void RemoveFolder() => _files.Dispose();

    [Test]
    public void The_spans_of_a_log_come_back_while_it_is_written()
    {
        using LogFixture fixture = new();
        using TraceLog log = fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        fixture.End(100);
        Wait.For(log.FlushAsync(), "the spans are in the file");

        LoggedSpan[] spans = [.. new TraceLogReader(fixture.Root).ReadSpans()];

        Assert.Multiple(() =>
        {
            Assert.That(spans, Has.Length.EqualTo(100));
            Assert.That(spans[0].Scope.Name, Is.EqualTo(fixture.Source.Name));
            Assert.That(spans[0].Resource.ServiceName, Is.EqualTo("shop"));
            Assert.That(spans[0].Resource.Attributes["process.pid"], Is.EqualTo((long)Environment.ProcessId));
            Assert.That(spans[0].FilePath, Is.EqualTo(log.Files[0]));
            Assert.That(spans[0].LineNumber, Is.EqualTo(1));
        });
    }

    [Test]
    public void Files_are_read_by_age_whether_compressed_or_not()
    {
        _files.Write("spans-20261121T020000Z-1-0002.jsonl", Line(3));
        _files.WriteCompressed("spans-20261121T010000Z-1-0001.jsonl.gz", Line(1), Line(2));
        _files.Write("spans-20261121T030000Z-2-0001.jsonl", Line(4));

        Assert.That(ReadingFixture.Names(_files.Reader.ReadSpans()), Is.EqualTo("s1 s2 s3 s4"));
    }

    [Test]
    public void Files_that_are_given_are_read_in_their_order()
    {
        string late = _files.Write("b.jsonl", Line(2));
        string early = _files.Write("a.jsonl", Line(1));

        Assert.That(ReadingFixture.Names(new TraceLogReader([late, early]).ReadSpans()), Is.EqualTo("s2 s1"));
    }

    [Test]
    public void A_file_that_is_being_compressed_is_read_once()
    {
        _files.Write("spans.jsonl", Line(1));
        _files.Write("spans.jsonl.gz", ReadingFixture.Compress(Line(1))[..20]);

        Assert.That(_files.Reader.Read().Select(record => record.GetType()), Is.EqualTo([typeof(LoggedSpan)]));
    }

    [Test]
    public void A_file_that_was_compressed_since_the_folder_was_looked_into_is_read_under_its_new_name()
    {
        string path = _files.Write("spans.jsonl", Line(1));
        IEnumerable<LoggedSpan> spans = _files.Reader.ReadSpans();
        _files.WriteCompressed("spans.jsonl.gz", Line(1));
        File.Delete(path);

        Assert.That(ReadingFixture.Names(spans), Is.EqualTo("s1"));
    }

    [Test]
    public void A_prefix_chooses_the_files_of_a_log()
    {
        _files.Write("shop-20261121T010000Z-1-0001.jsonl", Line(1));
        _files.Write("shop-web-20261121T010000Z-1-0001.jsonl", Line(2));
        _files.Write("shopping-20261121T010000Z-1-0001.jsonl", Line(3));
        _files.Write("shop-.jsonl", Line(4));

        Assert.That(ReadingFixture.Names(new TraceLogReader(_files.Root, "shop").ReadSpans()), Is.EqualTo("s1"));
    }

    [Test]
    public void Other_files_in_the_folder_are_left_alone()
    {
        _files.Write("notes.txt", "nothing");
        _files.Write("spans.json", "nothing");
        _files.Write("spans.jsonl.tmp", "nothing");
        Directory.CreateDirectory(Path.Combine(_files.Root, "deeper.jsonl"));

        Assert.That(_files.Reader.Read(), Is.Empty);
    }

    [Test]
    public void A_folder_that_is_not_there_is_told() =>
        Assert.That(
            () => new TraceLogReader(Path.Combine(_files.Root, "nowhere")).Read(), Throws.InstanceOf<DirectoryNotFoundException>());

    [Test]
    public void Without_a_folder_or_files_there_is_no_reader() => Assert.Multiple(() =>
    {
        Assert.That(() => new TraceLogReader((string)null!), Throws.ArgumentNullException);
        Assert.That(() => new TraceLogReader((IEnumerable<string>)null!), Throws.ArgumentNullException);
    });

    [Test]
    public void A_last_line_without_its_end_is_a_torn_tail_and_not_read()
    {
        string path = _files.Write("spans.jsonl", Line(1), Line(2).TrimEnd('\n'));

        LoggedRecord[] records = [.. _files.Reader.Read()];

        Assert.That(ReadingFixture.Names(records.OfType<LoggedSpan>()), Is.EqualTo("s1"));
        AssertFault(records[1], LogFaultKind.TornTail, path, 2);
    }

    [TestCase("")]
    [TestCase("no JSON")]
    [TestCase("17")]
    [TestCase("{}")]
    [TestCase("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"00f067aa0ba902b7"}]}]}]}""")]
    [TestCase("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7"}]}]}]}""")]
    public void A_line_that_is_not_valid_is_told_and_passed_over(string bad)
    {
        string path = _files.Write("spans.jsonl", Line(1), bad + "\n", Line(3));

        LoggedRecord[] records = [.. _files.Reader.Read()];

        Assert.That(ReadingFixture.Names(records.OfType<LoggedSpan>()), Is.EqualTo("s1 s3"));
        AssertFault(records[1], LogFaultKind.BadLine, path, 2);
    }

    [Test]
    public void A_line_without_a_sensible_end_is_not_kept_in_memory_and_passed_over()
    {
        byte[] endless = new byte[LineReader.LineLimit + 1];
        string path = _files.Write("spans.jsonl", [.. endless, (byte)'\n', .. "no JSON\n"u8]);

        LoggedRecord[] records = [.. _files.Reader.Read()];

        Assert.That(records, Has.Length.EqualTo(2));
        AssertFault(records[0], LogFaultKind.BadLine, path, 1);
        AssertFault(records[1], LogFaultKind.BadLine, path, 2);
    }

    [Test]
    public void A_line_without_a_sensible_end_that_is_torn_is_a_torn_tail()
    {
        string path = _files.Write("spans.jsonl", new byte[LineReader.LineLimit]);

        LoggedRecord[] records = [.. _files.Reader.Read()];

        Assert.That(records, Has.Length.EqualTo(1));
        AssertFault(records[0], LogFaultKind.TornTail, path, 1);
    }

    [Test]
    public void A_file_that_is_gone_is_told_and_the_next_is_read()
    {
        string gone = Path.Combine(_files.Root, "gone.jsonl");
        string there = _files.Write("there.jsonl", Line(1));

        LoggedRecord[] records = [.. new TraceLogReader([gone, there]).Read()];

        AssertFault(records[0], LogFaultKind.Unreadable, gone, 1);
        Assert.That(ReadingFixture.Names(records.OfType<LoggedSpan>()), Is.EqualTo("s1"));
    }

    [Test]
    public void A_compressed_file_that_is_none_is_told()
    {
        string path = _files.Write("spans.jsonl.gz", Line(1));

        LoggedRecord[] records = [.. _files.Reader.Read()];

        Assert.That(records, Has.Length.EqualTo(1));
        AssertFault(records[0], LogFaultKind.Unreadable, path, 1);
    }

    [Test]
    public void A_gap_record_says_how_many_spans_are_missing_why_and_when()
    {
        _files.Write("spans.jsonl", OtlpText.Gap(1, 17, "queue_full"));

        LoggedGap gap = (LoggedGap)_files.Reader.Read().Single();

        Assert.Multiple(() =>
        {
            Assert.That(gap.Count, Is.EqualTo(17));
            Assert.That(gap.Reason, Is.EqualTo("queue_full"));
            Assert.That(gap.StartTimeUtc, Is.EqualTo(new DateTime(2026, 11, 21, 1, 30, 0, DateTimeKind.Utc)));
            Assert.That(gap.EndTimeUtc, Is.EqualTo(new DateTime(2026, 11, 21, 1, 30, 1, DateTimeKind.Utc)));
            Assert.That(_files.Reader.ReadSpans(), Is.Empty);
        });
    }

    [Test]
    public void A_span_of_the_application_that_is_called_gap_is_a_span()
    {
        _files.Write("spans.jsonl", OtlpText.Gap(1, 17, "queue_full").Replace("Ring.Tracing", "Shop", StringComparison.Ordinal));

        Assert.That(_files.Reader.Read().Single(), Is.InstanceOf<LoggedSpan>());
    }

    [Test]
    public void A_trace_is_found_in_all_files_in_the_order_of_its_beginnings()
    {
        string other = new('b', 32);
        _files.Write("a.jsonl", OtlpText.Line([At(3, 30), OtlpText.Span(9, trace: other)]), "no JSON\n");
        _files.WriteCompressed("b.jsonl.gz", OtlpText.Line([OtlpText.Span(8, trace: other)]), OtlpText.Line([At(1, 10)]));
        _files.Write("c.jsonl", OtlpText.Line([At(2, 20)], instance: "second"));

        Assert.That(ReadingFixture.Names(_files.Reader.FindTrace(Trace)), Is.EqualTo("s1 s2 s3"));
    }

    [Test]
    public void A_trace_is_found_though_another_writer_wrote_its_id_in_upper_case()
    {
        _files.Write("a.jsonl", Line(1).Replace(OtlpText.Trace, OtlpText.Trace.ToUpperInvariant(), StringComparison.Ordinal));

        Assert.That(_files.Reader.FindTrace(Trace), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_trace_that_another_one_links_to_is_not_that_one()
    {
        string link = $$"""
            "links":[{"traceId":"{{OtlpText.Trace}}","spanId":"00f067aa0ba902b7"}],
            """;
        _files.Write("a.jsonl", OtlpText.Line([OtlpText.Span(1, trace: new string('b', 32), members: link)]));

        Assert.That(_files.Reader.FindTrace(Trace), Is.Empty);
    }

    [Test]
    public void A_span_that_a_process_wrote_twice_is_left_out_when_asked()
    {
        _files.Write("a.jsonl", Line(1), Line(2));
        _files.Write("b.jsonl", Line(2), OtlpText.Line([OtlpText.Span(1)], instance: "second"));

        Assert.Multiple(() =>
        {
            Assert.That(ReadingFixture.Names(_files.Reader.ReadSpans()), Is.EqualTo("s1 s2 s2 s1"));
            Assert.That(ReadingFixture.Names(_files.Reader.ReadSpans(withoutRepeats: true)), Is.EqualTo("s1 s2 s1"));
            Assert.That(_files.Reader.FindTrace(Trace), Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void Spans_of_one_id_in_different_traces_are_different_spans()
    {
        _files.Write("a.jsonl", Line(1), OtlpText.Line([OtlpText.Span(1, trace: new string('b', 32))]));

        Assert.That(_files.Reader.ReadSpans(withoutRepeats: true).Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_large_file_is_not_loaded_whole()
    {
        string line = OtlpText.Line([.. Enumerable.Range(1, 200).Select(id => OtlpText.Span(id))]);
        _files.Write("spans.jsonl", [.. Enumerable.Repeat(line, 200)]);
        IEnumerable<LoggedSpan> spans = _files.Reader.ReadSpans();

        using IEnumerator<LoggedSpan> reading = spans.GetEnumerator();
        long before = GC.GetAllocatedBytesForCurrentThread();
        reading.MoveNext();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(200 * line.Length / 4));
    }

    [Test]
    public void The_rows_of_a_statistic_log_come_back()
    {
        using LogFixture fixture = new();
        using (fixture.Open())
        {
            fixture.End(3, "pay");
            fixture.End(1, "ship");
        }

        TraceLogReader reader = new(fixture.Root);
        LoggedStatistic row = reader.ReadStatistics().Single(row => row.Name == "pay");
        LoggedSpan[] spans = [.. reader.ReadSpans().Where(span => span.Name == "pay")];

        Assert.Multiple(() =>
        {
            Assert.That(reader.ReadStatistics().Count(), Is.EqualTo(2));
            Assert.That(row.ServiceName, Is.EqualTo("shop"));
            Assert.That(row.Kind, Is.EqualTo(ActivityKind.Internal));
            Assert.That(row.IsOthers, Is.False);
            Assert.That(row.StartTimeUtc, Is.EqualTo(fixture.Clock.UtcNow).And.Property("Kind").EqualTo(DateTimeKind.Utc));
            Assert.That((row.Count, row.Errors), Is.EqualTo((3L, 0L)));
            Assert.That(row.Total, Is.EqualTo(TimeSpan.FromTicks(spans.Sum(span => span.Duration.Ticks))));
            Assert.That(row.Shortest, Is.EqualTo(spans.Min(span => span.Duration)));
            Assert.That(row.Longest, Is.EqualTo(spans.Max(span => span.Duration)));
            Assert.That(row.P50, Is.InRange(row.Shortest, row.Longest));
            Assert.That(row.P99, Is.InRange(row.P50, row.Longest));
            Assert.That(row.SlowestTraceId, Is.EqualTo(spans.MaxBy(span => span.Duration)!.TraceId));
        });
    }

    [Test]
    public void Rows_tell_their_attributes_and_whether_they_are_of_a_load_test()
    {
        using LogFixture fixture = new();
        using (fixture.Open(options =>
        {
            options.Statistics.KeyAttributes.Add("route");
            options.Statistics.KeyAttributes.Add("status");
            options.LoadTest = TraceLogOptions.HasLoadTestMark;
        }))
        {
            using Activity activity = fixture.Source.StartActivity("pay")!;
            activity.SetTag("route", "/a\"b").SetTag("status", 200).AddBaggage("mark", "T");
        }

        LoggedStatistic row = new TraceLogReader(fixture.Root).ReadStatistics().Single();

        Assert.That(row.Attributes, Is.EquivalentTo(new Dictionary<string, string> { ["route"] = "/a\"b", ["status"] = "200" }));
        Assert.That(row.IsLoadTest, Is.True);
    }

    [TestCase("server", ActivityKind.Server)]
    [TestCase("client", ActivityKind.Client)]
    [TestCase("producer", ActivityKind.Producer)]
    [TestCase("consumer", ActivityKind.Consumer)]
    [TestCase("internal", ActivityKind.Internal)]
    public void A_row_keeps_its_kind_and_durations_to_the_tick(string kind, ActivityKind expected)
    {
        _files.Write("s.stat.ndjson", $$"""
            {"start":"2026-11-21T01:30:00.0000001Z","end":"2026-11-21T01:31:00.0000000Z","service":"shop","name":"a\"b","kind":"{{kind}}",
            "count":4,"errors":1,"totalMs":922337203685477.5807,"minMs":0.0001,"maxMs":4.0000,"p50Ms":0.5000,"p90Ms":0.9000,
            "p95Ms":0.9500,"p99Ms":0.9900,"slowestTraceId":"{{OtlpText.Trace}}"}
            """.ReplaceLineEndings("") + "\n");

        LoggedStatistic row = _files.Reader.ReadStatistics().Single();

        Assert.Multiple(() =>
        {
            Assert.That(row.Kind, Is.EqualTo(expected));
            Assert.That(row.Name, Is.EqualTo("a\"b"));
            Assert.That(row.StartTimeUtc.Ticks % 10, Is.EqualTo(1));
            Assert.That(row.Errors, Is.EqualTo(1));
            Assert.That(row.Total, Is.EqualTo(TimeSpan.MaxValue));
            Assert.That(row.Shortest, Is.EqualTo(TimeSpan.FromTicks(1)));
            Assert.That(row.P90, Is.EqualTo(TimeSpan.FromTicks(9000)));
            Assert.That(row.SlowestTraceId, Is.EqualTo(Trace));
        });
    }

    [Test]
    public void The_row_of_the_others_has_no_name()
    {
        _files.Write("s.stat.ndjson", """
            {"start":"2026-11-21T01:30:00Z","end":"2026-11-21T01:31:00Z","service":"shop","others":true,
            "count":4,"errors":1,"totalMs":4,"minMs":1,"maxMs":1,"p50Ms":1,"p90Ms":1,"p95Ms":1,"p99Ms":1}
            """.ReplaceLineEndings("") + "\n");

        LoggedStatistic row = _files.Reader.ReadStatistics().Single();

        Assert.That((row.IsOthers, row.Name), Is.EqualTo((true, "")));
    }

    private static string Line(int id) => OtlpText.Line([OtlpText.Span(id)]);

    /// <summary>A span that begins in this second of 1970.</summary>
    private static string At(int id, int second) =>
        OtlpText.Span(id).Replace("\"1795224600000000000\"", $"\"{second}000000000\"", StringComparison.Ordinal);

    private static void AssertFault(LoggedRecord record, LogFaultKind kind, string path, long line)
    {
        LogFault fault = (LogFault)record;
        Assert.That((fault.Kind, fault.FilePath, fault.LineNumber), Is.EqualTo((kind, path, line)));
        Assert.That(fault.Reason, Is.Not.Empty);
    }
}
