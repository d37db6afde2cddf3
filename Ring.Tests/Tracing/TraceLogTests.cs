using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogTests
{
    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void A_span_that_ends_is_on_disk_after_a_flush()
    {
        using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = _fixture.Root;
            options.Sources.Add(_fixture.Source.Name);
            options.ServiceName = "shop";
        });
        string id;
        using (Activity activity = _fixture.Source.StartActivity("checkout", ActivityKind.Server)!)
        {
            activity.SetTag("user.id", 42);
            id = activity.SpanId.ToHexString();
        }

        Wait.For(log.FlushAsync(), "the flush");

        OtlpSpan span = LogFixture.Read(log).Single();
        Assert.Multiple(() =>
        {
            Assert.That(span.SpanId, Is.EqualTo(id));
            Assert.That(span.Name, Is.EqualTo("checkout"));
            Assert.That(span.Attribute("user.id"), Is.EqualTo("""{"intValue":"42"}"""));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "service.name"), Is.EqualTo("""{"stringValue":"shop"}"""));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "process.pid"), Does.Contain($"\"{Environment.ProcessId}\""));
            Assert.That(OtlpSpan.AttributeOf(span.Resource, "service.instance.id"), Is.Not.Null);
        });
    }

    [Test]
    public void Only_the_chosen_sources_are_captured()
    {
        using ActivitySource chosen = new(_fixture.Source.Name + ".part");
        using ActivitySource other = new("other." + _fixture.Source.Name);
        using TraceLog log = _fixture.Open(options =>
        {
            options.Sources.Clear();
            options.Sources.Add(_fixture.Source.Name + ".*");
        });
        Assert.Multiple(() =>
        {
            Assert.That(other.StartActivity("no"), Is.Null);
            Assert.That(_fixture.Source.StartActivity("no"), Is.Null);
        });
        chosen.StartActivity("yes")!.Dispose();
        log.Dispose();

        Assert.That(LogFixture.Read(log).Single().Name, Is.EqualTo("yes"));
    }

    [Test]
    public void The_sampled_flag_is_left_to_others()
    {
        using TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.StartActivity("work")!)
        {
            Assert.Multiple(() =>
            {
                Assert.That(activity.Recorded, Is.False);
                Assert.That(activity.IsAllDataRequested, Is.True);
            });
        }

        log.Dispose();
        Assert.That(LogFixture.Read(log).Single().Number("flags"), Is.EqualTo(0x100));
    }

    [Test]
    public void A_span_that_another_listener_records_stays_recorded()
    {
        using ActivityListener recorder = new()
        {
            ShouldListenTo = source => ReferenceEquals(source, _fixture.Source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(recorder);
        using TraceLog log = _fixture.Open();
        _fixture.End(1);
        log.Dispose();

        Assert.That(LogFixture.Read(log).Single().Number("flags"), Is.EqualTo(0x101));
    }

    [Test]
    public void Spans_without_w3c_ids_are_discarded_and_counted()
    {
        using TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.CreateActivity("work", ActivityKind.Internal)!)
        {
            activity.SetIdFormat(ActivityIdFormat.Hierarchical);
            activity.Start();
        }

        log.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(log.Counts.NotW3C, Is.EqualTo(1));
            Assert.That(log.Counts.Accepted, Is.EqualTo(1));
            Assert.That(LogFixture.Read(log), Is.Empty);
        });
    }

    [Test]
    public void Disposal_writes_everything_that_was_accepted()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        _fixture.End(5000);
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(5000));
            Assert.That(log.Counts.Written, Is.EqualTo(5000));
            Assert.That(log.Counts.InFlight, Is.Zero);
        });
    }

    [Test]
    public async Task Disposal_may_be_asynchronous_and_come_again_from_any_thread()
    {
        TraceLog log = _fixture.Open();
        _fixture.End(10);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? Task.Run(log.Dispose) : log.DisposeAsync().AsTask()));

        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(10));
        await log.DisposeAsync();
        await log.FlushAsync();
    }

    [Test]
    public void Disposal_right_after_the_start_closes_the_files()
    {
        for (int i = 0; i < 50; i++)
        {
            using TraceLog log = _fixture.Open();
            _fixture.End(i % 2);
            log.Dispose();

            Assert.That(_fixture.Disk.OpenFiles, Is.Zero);
            Assert.That(log.Counts.Written, Is.EqualTo(i % 2));
        }
    }

    [Test]
    public void After_disposal_the_application_goes_on_without_a_log()
    {
        TraceLog log = _fixture.Open();
        using Activity open = _fixture.Source.StartActivity("open")!;
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(_fixture.Source.HasListeners(), Is.False);
            Assert.That(open.Dispose, Throws.Nothing);
        });
    }

    [Test]
    public void The_drain_thread_keeps_nothing_of_the_context_that_made_the_log()
    {
        AsyncLocal<string> request = new() { Value = "the request that made the log" };
        using TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.StartActivity("work")!)
            activity.SetTag("context", new Lazy(() => request.Value ?? "none"));

        log.Dispose();
        Assert.That(LogFixture.Read(log).Single().Attribute("context"), Is.EqualTo("""{"stringValue":"none"}"""));
    }

    [Test]
    public void Files_roll_by_size_and_none_begins_like_another()
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.Files.SizeLimitBytes = 64 * 1024;
            options.Overflow = OverflowPolicy.Block;
        });
        _fixture.End(2000);
        log.Dispose();

        // The last file may hold a single line.
        string[] beginnings = [.. log.Files.Select(file => Encoding.UTF8.GetString([.. OtlpReader.ReadShared(file).Take(1000)]))];
        Assert.Multiple(() =>
        {
            Assert.That(log.Files, Has.Count.GreaterThan(3));
            Assert.That(beginnings, Is.Unique);
            Assert.That(log.Counts.FilesCreated, Is.EqualTo(log.Files.Count));
            Assert.That(log.Files.Sum(file => new FileInfo(file).Length), Is.EqualTo(log.Counts.BytesWritten));
            Assert.That(log.Files.Max(file => new FileInfo(file).Length), Is.LessThanOrEqualTo(64 * 1024));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(2000));
        });
    }

    [Test]
    public void A_span_file_that_someone_deletes_is_followed_by_a_new_one()
    {
        using TraceLog log = _fixture.Open();
        _fixture.End(1);
        Wait.For(log.FlushAsync(), "the flush");
        File.Delete(log.Files.Single());
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        _fixture.End(2);
        log.Dispose();

        Assert.That(OtlpReader.ReadFiles(log.Files.Where(File.Exists)), Has.Count.EqualTo(2));
    }

    [Test]
    public void Statistics_are_written_each_interval_while_idle_and_at_the_end()
    {
        using TraceLog log = _fixture.Open();
        _fixture.End(3, "GET /cart");
        Wait.For(log.FlushAsync(), "the flush");
        _fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        Eventually.Holds(() => log.StatisticFiles.Count == 1, "the interval is written");
        _fixture.End(2, "GET /cart");
        log.Dispose();

        long[] counts = [.. File.ReadLines(log.StatisticFiles.Single())
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("count").GetInt64())];
        Assert.That(counts, Is.EqualTo([3L, 2L]));
    }

    [Test]
    public void Capturing_adds_no_allocation_to_a_span()
    {
        using ActivityListener bare = new()
        {
            ShouldListenTo = source => ReferenceEquals(source, _fixture.Source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(bare);
        long without = Allocations.Of(EndTaggedSpans);

        using TraceLog log = _fixture.Open();
        long with = Allocations.Of(EndTaggedSpans, prepare: () => Wait.For(log.FlushAsync(), "the flush"));

        Assert.That(with, Is.EqualTo(without));
    }

    [Test]
    public void Capturing_a_child_of_a_remote_span_adds_no_allocation_either()
    {
        using ActivityListener bare = new()
        {
            ShouldListenTo = source => ReferenceEquals(source, _fixture.Source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(bare);
        long without = Allocations.Of(EndFamilies);

        using TraceLog log = _fixture.Open();
        long with = Allocations.Of(EndFamilies, prepare: () => Wait.For(log.FlushAsync(), "the flush"));

        Assert.That(with, Is.EqualTo(without));
    }

    private void EndFamilies()
    {
        ActivityContext remote = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "a=1", isRemote: true);
        for (int i = 0; i < 1000; i++)
        {
            using Activity parent = _fixture.Source.StartActivity("work", ActivityKind.Server, remote)!;
            using Activity child = _fixture.Source.StartActivity("work", ActivityKind.Client)!;
            child.SetTag("server.address", "shop");
        }
    }

    private void EndTaggedSpans()
    {
        for (int i = 0; i < 1000; i++)
        {
            using Activity activity = _fixture.Source.StartActivity("work", ActivityKind.Client)!;
            activity.SetTag("http.request.method", "GET").SetTag("url.path", "/cart").SetTag("server.address", "shop");
        }
    }

    /// <summary>A value that is known only when it is printed.</summary>
    private sealed class Lazy(Func<string> text)
    {
        public override string ToString() => text();
    }
}
