using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Which spans and lines go to which logs.</summary>
[TestFixture]
public sealed class RoutingTests
{
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void A_span_goes_to_every_log_whose_rule_takes_it_and_counts_once_for_each()
    {
        TraceLog log = _fixture.Open(options =>
        {
            options.Logs.Add(new SpanLogOptions { Name = "all" });
            options.Logs.Add(new SpanLogOptions { Name = "b", Filter = span => span.Name.StartsWith('b') });
        });
        _fixture.End(2, "a");
        _fixture.End(3, "b");
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(NamesIn("all"), Is.EqualTo(new[] { "a", "a", "b", "b", "b" }));
            Assert.That(NamesIn("b"), Is.EqualTo(new[] { "b", "b", "b" }));
            Assert.That((log.Counts.Accepted, log.Counts.Written, log.Counts.InFlight), Is.EqualTo((8L, 8L, 0L)));
        });
    }

    [Test]
    public void A_span_that_no_log_takes_is_accounted_for()
    {
        TraceLog log = _fixture.Open(options => options.Logs.Add(new SpanLogOptions { Name = "none", Filter = _ => false }));
        _fixture.End(4);
        log.Dispose();

        TraceLogCounts counts = log.Counts;
        Assert.That((counts.Accepted, counts.Unrouted, counts.Discarded, counts.InFlight), Is.EqualTo((4L, 4L, 0L, 0L)));
    }

    [Test]
    public void A_rule_that_throws_costs_its_log_the_span_and_no_other()
    {
        TraceLog log = _fixture.Open(options =>
        {
            options.Logs.Add(new SpanLogOptions { Name = "all" });
            options.Logs.Add(new SpanLogOptions { Name = "broken", Filter = _ => throw new InvalidDataException("planted") });
        });
        _fixture.End(2);
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(NamesIn("all"), Has.Length.EqualTo(2));
            Assert.That((log.Counts.Written, log.Counts.EncodeFailed, log.Counts.Accepted), Is.EqualTo((2L, 2L, 4L)));
        });
    }

    [Test]
    public void A_rule_sees_all_of_the_span()
    {
        string? seen = null;
        TraceLog log = _fixture.Open(options => options.Logs.Add(new SpanLogOptions { Name = "all", Filter = Look }));
        using (Activity activity = _fixture.Source.StartActivity("checkout", ActivityKind.Server)!)
        {
            activity.SetTag("n", 1).SetTag("n", 2);
            activity.SetStatus(ActivityStatusCode.Error, "why");
        }

        log.Dispose();
        Assert.That(seen, Is.EqualTo("checkout Server Error why root 2 none"));

        bool Look(SpanEvent span)
        {
            _ = span.TryGetTag("n", out object? n);
            bool hasOther = span.TryGetTag("m", out object? m);
            seen = $"{span.Name} {span.Kind} {span.Status} {span.StatusDescription} {(span.IsRoot ? "root" : "child")} {n} {(hasOther ? m : "none")}";
            return true;
        }
    }

    [Test]
    public void Spans_of_load_tests_go_to_the_shadow_folder()
    {
        TraceLog log = _fixture.Open(options =>
        {
            options.LoadTest = TraceLogOptions.HasLoadTestMark;
            options.ShadowLoadTests = true;
        });
        _fixture.End(1, "real");
        using (Activity activity = _fixture.Source.StartActivity("load")!)
            activity.SetBaggage("mark", "T");

        log.Dispose();

        string[] shadows = Directory.GetFiles(Path.Combine(_fixture.Root, "shadow"));
        Assert.Multiple(() =>
        {
            Assert.That(NamesIn("spans"), Is.EqualTo(new[] { "real" }));
            Assert.That(OtlpReader.ReadFiles(shadows).Select(span => span.Name), Is.EqualTo(new[] { "load" }));
            Assert.That(log.Files, Does.Contain(shadows.Single()));
        });
    }

    [Test]
    public void No_shadow_folder_is_made_without_a_load_test()
    {
        TraceLog log = _fixture.Open(options => options.ShadowLoadTests = true);
        _fixture.End(1);
        log.Dispose();

        Assert.That(Directory.Exists(Path.Combine(_fixture.Root, "shadow")), Is.False);
    }

    [Test]
    public void A_load_test_rule_that_throws_does_not_cost_the_span()
    {
        TraceLog log = _fixture.Open(options => options.LoadTest = _ => throw new InvalidDataException("planted"));
        _fixture.End(1);
        log.Dispose();

        Assert.That(log.Counts.Written, Is.EqualTo(1));
    }

    [Test]
    public void Lines_are_written_as_they_are_but_for_their_ends()
    {
        TraceLog log = OpenWithAudit();

        Assert.That(log.WriteLine("audit", "first\r\nsecond \"quoted\""), Is.True);
        Assert.That(log.WriteLine("audit", "ünd 𝄞"), Is.True);
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(_fixture.ReadLines("audit", ".log"), Is.EqualTo(new[] { "first\\r\\nsecond \"quoted\"", "ünd 𝄞" }));
            Assert.That((log.Counts.Accepted, log.Counts.Written), Is.EqualTo((2L, 2L)));
        });
    }

    [Test]
    public void Spans_do_not_go_to_a_log_of_lines()
    {
        TraceLog log = OpenWithAudit();
        _fixture.End(1);
        log.Dispose();

        Assert.That(_fixture.ReadLines("audit", ".log"), Is.Empty);
        Assert.That(NamesIn("all"), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_line_for_a_log_that_is_none_is_refused()
    {
        using TraceLog log = OpenWithAudit();

        Assert.Multiple(() =>
        {
            Assert.That(() => log.WriteLine("all", "x"), Throws.ArgumentException.With.Message.Contains("audit"));
            Assert.That(() => log.WriteLine("other", "x"), Throws.ArgumentException.With.Property("ParamName").EqualTo("log"));
            Assert.That(() => log.WriteLine(null!, "x"), Throws.ArgumentNullException);
            Assert.That(() => log.WriteLine("audit", null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void A_line_after_the_end_is_not_taken()
    {
        TraceLog log = OpenWithAudit();
        log.Dispose();

        Assert.That(log.WriteLine("audit", "late"), Is.False);
        Assert.That(log.Counts.Stopped, Is.EqualTo(1));
    }

    [Test]
    public void A_huge_line_is_cut()
    {
        TraceLog log = OpenWithAudit();
        log.WriteLine("audit", new string('€', 1_000_000));
        log.Dispose();

        Assert.That(_fixture.ReadLines("audit", ".log").Single(), Is.EqualTo(new string('€', 32_768)));
    }

    private TraceLog OpenWithAudit() => _fixture.Open(options =>
    {
        options.Logs.Add(new SpanLogOptions { Name = "all" });
        options.Logs.Add(new SpanLogOptions { Name = "audit", Format = SpanFormat.Text });
    });

    private string[] NamesIn(string log) =>
        [.. OtlpReader.ReadFiles(Directory.EnumerateFiles(_fixture.Root, log + "-*.jsonl")).Select(span => span.Name)];
}
