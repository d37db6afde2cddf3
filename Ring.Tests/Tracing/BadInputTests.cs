using System.Diagnostics;
using System.Text.Json;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>
/// Whatever the application puts into a span or does with it: nothing is thrown, the lines are valid, which the reader checks, and
/// none is longer than readers take. More of the same is in the properties of Ring.Tests.Interop.
/// </summary>
[TestFixture]
public sealed class BadInputTests
{
    private static readonly string[] Names =
    [
        "", "\"quotes\" and \\ and /", "\u0000\u0001\u001f\u007f\u0085\t\r\n\u2028\u2029", "\ufeff\ufffe\uffff", "\ud83d\ude00",
    ];

    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    /// <remarks>Not test cases, here and in the next: the runner leaves out those whose names it cannot write down.</remarks>
    [Test]
    public void A_name_reads_back_as_it_was() => Assert.Multiple(() =>
    {
        foreach (string name in Names)
            Assert.That(Write(name, fill: null).Name, Is.EqualTo(name));
    });

    [Test]
    public void A_lone_surrogate_is_written_as_the_replacement_character() => Assert.Multiple(() =>
    {
        Assert.That(Write("a\ud800b", fill: null).Name, Is.EqualTo("a\ufffdb"));
        Assert.That(Write("\udc00", fill: null).Name, Is.EqualTo("\ufffd"));
        Assert.That(Write("\ud800", fill: null).Name, Is.EqualTo("\ufffd"));
    });

    [Test]
    public void Keys_and_values_and_states_are_text_like_any_other()
    {
        const string Nasty = "\"\\\n\0}],";
        OtlpSpan span = Write("work", activity =>
        {
            activity.AddTag(Nasty, Nasty).SetStatus(ActivityStatusCode.Error, Nasty);
            activity.TraceStateString = Nasty;
        });

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("attributes")[0].GetProperty("key").GetString(), Is.EqualTo(Nasty));
            Assert.That(JsonDocument.Parse(span.Attribute(Nasty)!).RootElement.GetProperty("stringValue").GetString(), Is.EqualTo(Nasty));
            Assert.That(span.Json.GetProperty("traceState").GetString(), Is.EqualTo(Nasty));
            Assert.That(span.Json.GetProperty("status").GetProperty("message").GetString(), Is.EqualTo(Nasty));
        });
    }

    [Test]
    public void A_tag_of_a_megabyte_is_dropped_and_the_others_are_not()
    {
        OtlpSpan span = Write("work", activity => activity.AddTag("big", new string('x', 1024 * 1024)).AddTag("small", 1));

        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("big"), Is.Null);
            Assert.That(span.Attribute("small"), Is.EqualTo("""{"intValue":"1"}"""));
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
        });
    }

    [Test]
    public void Ten_thousand_tags_are_cut_to_the_limit()
    {
        OtlpSpan span = Write("work", activity =>
        {
            for (int i = 0; i < 10_000; i++)
                activity.AddTag("tag" + i, i);
        });

        Assert.Multiple(() =>
        {
            Assert.That(span.Json.GetProperty("attributes").GetArrayLength(), Is.EqualTo(128));
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(9872));
        });
    }

    [Test]
    public void Numbers_that_JSON_does_not_have_are_written_as_Protobuf_does()
    {
        OtlpSpan span = Write("work", activity => activity
            .AddTag("nan", double.NaN).AddTag("infinite", double.PositiveInfinity).AddTag("float", float.NegativeInfinity));

        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("nan"), Is.EqualTo("""{"doubleValue":"NaN"}"""));
            Assert.That(span.Attribute("infinite"), Is.EqualTo("""{"doubleValue":"Infinity"}"""));
            Assert.That(span.Attribute("float"), Is.EqualTo("""{"doubleValue":"-Infinity"}"""));
        });
    }

    [Test]
    public void A_null_is_an_empty_value() =>
        Assert.That(Write("work", activity => activity.AddTag("none", null)).Attribute("none"), Is.EqualTo("{}"));

    [Test]
    public void A_tag_without_a_key_is_dropped() => Assert.That(
        Write("work", activity => activity.AddTag(null!, 1).AddTag("", 2)).Number("droppedAttributesCount"), Is.EqualTo(2));

    [Test]
    public void A_value_that_cannot_be_printed_is_dropped()
    {
        OtlpSpan span = Write("work", activity => activity.AddTag("bad", new NotPrintable()).AddTag("good", 1));

        Assert.Multiple(() =>
        {
            Assert.That(span.Attribute("good"), Is.Not.Null);
            Assert.That(span.Number("droppedAttributesCount"), Is.EqualTo(1));
        });
    }

    /// <remarks>.NET makes such a span last 100 ns.</remarks>
    [Test]
    public void A_span_that_ends_before_it_began_does_not_end_before_it_begins() => Assert.That(
        () => Write("work", activity => activity.SetEndTime(activity.StartTimeUtc.AddDays(-1))), Throws.Nothing);

    [Test]
    public void A_clock_that_goes_back_costs_no_span_and_overwrites_no_file()
    {
        using TraceLog log = _fixture.Open(options => options.Files.SizeLimitBytes = 64 * 1024);
        _fixture.End(500);
        Wait.For(log.FlushAsync(), "the flush");
        _fixture.Clock.Step(TimeSpan.FromHours(-1));
        for (int i = 0; i < 10; i++)
        {
            _fixture.End(500);
            Wait.For(log.FlushAsync(), "the flush");
        }

        log.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(log.Files, Has.Count.GreaterThan(1));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo((int)log.Counts.Written));
        });
    }

    [Test]
    public void A_span_that_is_stopped_twice_is_written_once()
    {
        using TraceLog log = _fixture.Open();
        using Activity activity = _fixture.Source.StartActivity("work")!;
        activity.Stop();
        activity.Stop();
        activity.Dispose();
        log.Dispose();

        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_span_that_is_stopped_by_many_threads_at_once_harms_nobody()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        for (int i = 0; i < 100; i++)
        {
            using Activity activity = _fixture.Source.StartActivity("work")!;
            Background.Join(Background.Run(2, _ => activity.AddTag("thread", Environment.CurrentManagedThreadId).Stop()));
        }

        log.Dispose();
        HashSet<string> read = [.. OtlpReader.ReadFiles(log.Files).Select(span => span.SpanId)];
        Assert.Multiple(() =>
        {
            Assert.That(read, Has.Count.EqualTo(100));
            Assert.That(log.Counts.Written, Is.InRange(100, 200), ".NET may tell of such a span twice.");
        });
    }

    [Test]
    public void A_span_may_end_on_another_thread()
    {
        using TraceLog log = _fixture.Open();
        Activity activity = _fixture.Source.StartActivity("work")!;
        Background.Run(activity.Dispose).Join();
        Activity.Current = null;
        log.Dispose();

        Assert.That(LogFixture.Read(log).Single().SpanId, Is.EqualTo(activity.SpanId.ToHexString()));
    }

    [Test]
    public void Two_logs_on_one_folder_both_have_every_span_in_files_of_their_own()
    {
        using TraceLog first = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        using TraceLog second = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        Background.Join(Background.Run(4, _ => _fixture.End(500)));
        first.Dispose();
        second.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.Read(first), Has.Count.EqualTo(2_000));
            Assert.That(LogFixture.Read(second), Has.Count.EqualTo(2_000));
            Assert.That(first.Files.Intersect(second.Files), Is.Empty);
            Assert.That(first.StatisticFiles.Intersect(second.StatisticFiles), Is.Empty);
        });
    }

    [Test]
    public void More_statistic_keys_than_rows_are_counted_together() => WriteKeys(5_000);

    [Test, Explicit("Takes long"), Category("Proof")]
    public void A_million_statistic_keys_are_counted_together() => WriteKeys(1_000_000);

    private void WriteKeys(int keys)
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        for (int i = 0; i < keys; i++)
            _fixture.Source.StartActivity("GET /cart/" + i)!.Dispose();

        log.Dispose();
        JsonElement[] rows = [.. log.StatisticFiles.SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Length.EqualTo(new StatisticOptions().MaxKeys + 1));
            Assert.That(rows.Sum(row => row.GetProperty("count").GetInt64()), Is.EqualTo(keys));
            Assert.That(log.Counts.Written, Is.EqualTo(keys));
        });
    }

    /// <summary>Ends one span under a log on a real disk and reads it back.</summary>
    private OtlpSpan Write(string name, Action<Activity>? fill)
    {
        using TraceLog log = new(_fixture.Options());
        using (Activity activity = _fixture.Source.StartActivity(name)!)
            fill?.Invoke(activity);

        log.Dispose();
        return LogFixture.Read(log).Single();
    }

    private sealed class NotPrintable
    {
        public override string ToString() => throw new InvalidOperationException("It has no text.");
    }
}
