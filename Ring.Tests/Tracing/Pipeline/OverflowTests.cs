using System.Diagnostics;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class OverflowTests
{
    private LogFixture _fixture = null!;
    private ManualResetEventSlim _gate = null!;

    [SetUp]
    public void MakeFixture()
    {
        _fixture = new LogFixture();
        _gate = new ManualResetEventSlim(false);
    }

    [TearDown]
    public void DisposeFixture()
    {
        _gate.Set();
        _fixture.Dispose();
        _gate.Dispose();
    }

    [Test]
    public void Discarding_counts_exactly_the_spans_that_found_no_slot()
    {
        using TraceLog log = _fixture.Open();
        HoldTheDrain();
        _fixture.End(100);

        TraceLogCounts held = log.Counts;
        _gate.Set();
        log.Dispose();
        TraceLogCounts final = log.Counts;

        Assert.Multiple(() =>
        {
            Assert.That((held.Accepted, held.RingFull, held.InFlight), Is.EqualTo((101L, 37L, 64L)));
            Assert.That((final.Accepted, final.Written, final.RingFull, final.Discarded), Is.EqualTo((101L, 64L, 37L, 37L)));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(64));
        });
    }

    [Test]
    public void What_was_discarded_is_declared_in_the_file()
    {
        using TraceLog log = _fixture.Open(options => options.RecordDiscardedTraces = true);
        HoldTheDrain();
        _fixture.End(100);
        _gate.Set();
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.ReadGaps(log), Is.EqualTo(new Dictionary<string, long> { ["queue_full"] = 37 }));
            Assert.That(Directory.GetFiles(_fixture.Root, "*.jsonl").Select(File.ReadAllText), Has.Some.Contains(GapNames.Traces));
        });
    }

    [Test]
    public void What_two_logs_miss_is_one_loss_for_who_reads_both()
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.Logs.Add(new SpanLogOptions { Name = "a" });
            options.Logs.Add(new SpanLogOptions { Name = "b" });
            options.ShadowLoadTests = true;
        });
        _fixture.Disk.Gate = _gate;
        _fixture.End(1);
        Eventually.Holds(() => _fixture.Disk.Attempts == 1, "the drain writes");
        _fixture.End(100);
        _gate.Set();
        log.Dispose();

        TraceLogCheck check = new TraceLogReader(_fixture.Root).Check();
        Assert.Multiple(() =>
        {
            Assert.That(check.LostSpanCount, Is.EqualTo(log.Counts.RingFull).And.EqualTo(37));
            Assert.That(Directory.Exists(Path.Combine(_fixture.Root, "shadow")), Is.False, "a log without files says nothing");
        });
    }

    [Test]
    public void What_is_written_and_what_is_declared_as_lost_is_all_there_was()
    {
        using TraceLog log = _fixture.Open();
        Background[] producers = Background.Run(4, _ => _fixture.End(5_000));
        while (Array.Exists(producers, thread => !thread.HasEnded))
        {
            // A disk that stands still now and then.
            _gate.Reset();
            _fixture.Disk.Gate = _gate;
            Thread.Yield();
            _gate.Set();
            _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Background.Join(producers);
        log.Dispose();

        Assert.That(LogFixture.Read(log).Count + LogFixture.ReadGaps(log).Values.Sum(), Is.EqualTo(log.Counts.Accepted).And.EqualTo(20_000));
    }

    [Test]
    public void Errors_and_roots_find_room_when_others_do_not()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.DiscardByPriority);
        HoldTheDrain();
        using (Activity root = _fixture.Source.StartActivity("root")!)
        {
            _fixture.End(60, "child");
            _fixture.Source.StartActivity("failed")!.SetStatus(ActivityStatusCode.Error).Dispose();
        }

        TraceLogCounts held = log.Counts;
        _gate.Set();
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(held.LowPriority, Is.EqualTo(60 - 48), "three quarters of the ring are for everybody, and the first was there");
            Assert.That(LogFixture.Read(log).Select(span => span.Name), Is.SupersetOf(new[] { "failed", "root" }));
            Assert.That(LogFixture.ReadGaps(log), Is.EqualTo(new Dictionary<string, long> { ["low_priority"] = 12 }));
        });
    }

    [Test]
    public void A_wait_for_room_ends_when_its_time_is_over()
    {
        using TraceLog log = _fixture.Open(options =>
        {
            options.Overflow = OverflowPolicy.Block;
            options.BlockTimeout = TimeSpan.FromMilliseconds(1);
        });
        HoldTheDrain();
        _fixture.End(64);
        TraceLogCounts held = log.Counts;
        _gate.Set();
        log.Dispose();

        Assert.That((held.BlockTimedOut, held.InFlight), Is.EqualTo((1L, 64L)));
        Assert.That(LogFixture.ReadGaps(log), Is.EqualTo(new Dictionary<string, long> { ["block_timed_out"] = 1 }));
    }

    [Test]
    public void Blocking_loses_nothing_however_small_the_ring()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        Background.Join(Background.Run(4, _ => _fixture.End(1000)));
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(4_000));
            Assert.That((log.Counts.Accepted, log.Counts.Written, log.Counts.Discarded), Is.EqualTo((4_000L, 4_000L, 0L)));
        });
    }

    [Test]
    public void Disposal_releases_threads_that_wait_for_room()
    {
        TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        HoldTheDrain();
        _fixture.End(63);
        Background blocked = Background.Run(() => _fixture.End(1));
        Background disposing = Background.Run(log.Dispose);
        blocked.Join();
        _gate.Set();
        disposing.Join();

        // Whether the blocked thread came to the ring before or after it was closed, its span is accounted for, or was never
        // captured.
        TraceLogCounts counts = log.Counts;
        Assert.Multiple(() =>
        {
            Assert.That(counts.Written, Is.EqualTo(64));
            Assert.That(counts.Accepted, Is.EqualTo(64 + counts.Stopped));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(64));
        });
    }

    [Test]
    public void A_thread_that_is_interrupted_while_it_waits_for_room_gets_its_span_in_and_the_interrupt_back()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        HoldTheDrain();
        _fixture.End(63);
        bool wasInterrupted = false;
        Background blocked = Background.Run(() =>
        {
            Thread.CurrentThread.Interrupt();
            _fixture.End(1);
            wasInterrupted = IsInterrupted();
        });
        Eventually.Holds(() => blocked.IsAsleep || blocked.HasEnded, "the thread waits for room");
        _gate.Set();
        blocked.Join();
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(wasInterrupted, Is.True);
            Assert.That((log.Counts.Accepted, log.Counts.Written), Is.EqualTo((65L, 65L)));
        });
    }

    [Test]
    public void A_disposal_that_is_interrupted_still_closes_the_files()
    {
        TraceLog log = _fixture.Open();
        HoldTheDrain();
        bool wasInterrupted = false;
        Background disposing = Background.Run(() =>
        {
            Thread.CurrentThread.Interrupt();
            log.Dispose();
            wasInterrupted = IsInterrupted();
        });
        Eventually.Holds(() => disposing.HasEnded, "the interrupt ends the wait");
        _gate.Set();
        disposing.Join();

        Eventually.Holds(() => _fixture.Disk.OpenFiles == 0, "the drain has ended");
        Assert.That(wasInterrupted, Is.True);
    }

    [Test]
    public void A_rule_for_load_tests_that_ends_spans_holds_nobody_up()
    {
        int depth = 0;
        using TraceLog log = _fixture.Open(options =>
        {
            options.Overflow = OverflowPolicy.Block;
            options.LoadTest = _ =>
            {
                if (depth++ == 0)
                    _fixture.End(200, "asked");
                depth--;
                return false;
            };
        });

        Background.Run(() => _fixture.End(1)).Join();
        log.Dispose();

        Assert.That(log.Counts.Written, Is.EqualTo(201));
    }

    [Test]
    public void The_drain_thread_never_waits_for_itself()
    {
        using TraceLog log = _fixture.Open(options => options.Overflow = OverflowPolicy.Block);
        using (Activity activity = _fixture.Source.StartActivity("outer")!)
            activity.SetTag("chatty", new Chatty(_fixture));

        Wait.For(log.FlushAsync(), "the flush");
        log.Dispose();

        TraceLogCounts counts = log.Counts;
        Assert.Multiple(() =>
        {
            Assert.That(counts.Accepted, Is.EqualTo(1001));
            Assert.That(counts.Written + counts.RingFull, Is.EqualTo(1001));
            Assert.That(counts.RingFull, Is.GreaterThan(0));
        });
    }

    [Test]
    public void A_value_that_disposes_of_the_log_ends_it_all_the_same()
    {
        TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.StartActivity("outer")!)
            activity.SetTag("hostile", new Hostile(log));

        Eventually.Holds(() => log.Counts is { InFlight: 0 } && _fixture.Disk.OpenFiles == 0, "the drain has ended");
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(log.Counts.Written, Is.EqualTo(1));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_value_that_disposes_of_the_log_costs_no_other_span()
    {
        TraceLog log = _fixture.Open();
        using (Activity activity = _fixture.Source.StartActivity("outer")!)
            activity.SetTag("hostile", new Hostile(log, () => _fixture.End(5)));

        Eventually.Holds(() => _fixture.Disk.OpenFiles == 0, "the drain has ended");
        log.Dispose();

        Assert.That((log.Counts.Accepted, log.Counts.Written), Is.EqualTo((6L, 6L)));
    }

    [Test]
    public void A_value_that_disposes_of_the_log_while_another_thread_does_holds_nobody_up()
    {
        TraceLog log = _fixture.Open(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        using ManualResetEventSlim entered = new(false);
        Hostile value = new(log, () =>
        {
            entered.Set();
            Eventually.Holds(() => !_fixture.Source.HasListeners(), "the other thread disposes of the log");
        });
        using (Activity activity = _fixture.Source.StartActivity("outer")!)
            activity.SetTag("hostile", value);

        entered.Wait();
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That((log.Counts.Written, log.Counts.InFlight), Is.EqualTo((1L, 0L)));
            Assert.That(_fixture.Disk.OpenFiles, Is.Zero);
        });
    }

    [Test]
    public void What_is_left_when_the_time_is_up_is_counted_as_abandoned()
    {
        TraceLog log = _fixture.Open(options => options.ShutdownTimeout = TimeSpan.Zero);
        HoldTheDrain();
        _fixture.End(10);
        log.Dispose();
        TraceLogCounts hanging = log.Counts;
        _gate.Set();
        Wait.For(log.FlushAsync(), "the drain to end");

        TraceLogCounts final = log.Counts;
        Assert.Multiple(() =>
        {
            Assert.That((hanging.Accepted, hanging.InFlight), Is.EqualTo((11L, 11L)));
            Assert.That((final.Written, final.Abandoned, final.InFlight), Is.EqualTo((1L, 10L, 0L)));
            Assert.That(LogFixture.Read(log), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_flush_to_the_disk_that_is_abandoned_is_no_span()
    {
        TraceLog log = _fixture.Open(options => options.ShutdownTimeout = TimeSpan.Zero);
        HoldTheDrain();
        _fixture.End(10);
        Task flush = log.FlushAsync(FlushLevel.Disk);
        Background disposing = Background.Run(log.Dispose);
        Eventually.Holds(() => !_fixture.Source.HasListeners(), "the disposal has begun");
        disposing.Join();
        _gate.Set();
        Wait.For(log.FlushAsync(), "the drain to end");

        Assert.That((log.Counts.Written, log.Counts.Abandoned, log.Counts.InFlight), Is.EqualTo((1L, 10L, 0L)));
        Eventually.Holds(() => flush.IsCompleted, "the flush ends, either way");
    }

    /// <summary>Ends one span and lets the drain thread hang in writing it, so that the ring fills up.</summary>
    private void HoldTheDrain()
    {
        _fixture.Disk.Gate = _gate;
        _fixture.End(1);
        Eventually.Holds(() => _fixture.Disk.Attempts == 1, "the drain writes");
    }

    /// <summary>Whether the calling thread has an interrupt to come, which this takes.</summary>
    private static bool IsInterrupted()
    {
        try
        {
            using ManualResetEvent never = new(false);
            return never.WaitOne(TimeSpan.FromMilliseconds(1));
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    /// <summary>A value that disposes of the log when it is printed.</summary>
    private sealed class Hostile(TraceLog log, Action? first = null)
    {
        public override string ToString()
        {
            first?.Invoke();
            log.Dispose();
            return "done";
        }
    }

    /// <summary>A value that ends spans when it is printed.</summary>
    private sealed class Chatty(LogFixture fixture)
    {
        public override string ToString()
        {
            fixture.End(1000);
            return "done";
        }
    }
}
