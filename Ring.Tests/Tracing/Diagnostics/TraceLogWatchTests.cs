using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogWatchTests
{
    private StubGauges _log = null!;
    private RecordingObserver _observer = null!;
    private ManualClock _clock = null!;
    private TraceLogWatch _watch = null!;

    [SetUp]
    public void MakeWatch()
    {
        _log = new StubGauges();
        _observer = new RecordingObserver();
        _clock = new ManualClock();
        _watch = new TraceLogWatch(_log, _clock, _observer) { LongestLook = Eventually.Deadline };
    }

    [TearDown]
    public void DisposeWatch()
    {
        // Some tests have ended it: nobody waits for a turn that is not given back.
        _observer.IsListening = false;
        _watch.Dispose();
    }

    [Test]
    public void Nothing_is_said_while_all_is_well()
    {
        _log.Set(written: 1000, inFlight: 7);
        LookFor(TimeSpan.FromMinutes(1));

        Assert.That(_observer.Told, Is.Empty);
    }

    [Test]
    public void A_disk_that_refuses_is_spoken_of_once_and_once_again_when_it_is_back()
    {
        _log.DiskTrouble = "full";
        LookFor(TimeSpan.FromMinutes(1));
        _log.DiskTrouble = "still full";
        LookFor(TimeSpan.FromMinutes(1));
        _log.DiskTrouble = null;
        LookFor(TimeSpan.FromMinutes(1));

        Assert.That(_observer.Told, Is.EqualTo(["refused: full", "resumed"]));
    }

    [Test]
    public void The_end_is_told_after_what_a_look_that_is_under_way_has_to_tell()
    {
        using ManualResetEventSlim gate = new();
        _observer.Spoil = () =>
        {
            _observer.Spoil = null;
            gate.Wait();
        };
        _log.DiskTrouble = "full";
        _log.Set(ringFull: 3);
        Background look = Background.Run(_watch.Look);
        Eventually.Holds(() => look.IsAsleep, "it tells of the disk");

        Background end = Background.Run(_watch.Dispose);
        Eventually.Holds(() => end.IsAsleep || end.HasEnded, "the end waits for it");
        gate.Set();
        look.Join();
        end.Join();

        Assert.That(_observer.Told, Is.EqualTo(["refused: full", "discarded 3: queue_full 3", "drained 0, abandoned 0"]));
    }

    [Test]
    public void The_first_discarded_span_is_spoken_of_at_once_and_the_next_ones_together_later()
    {
        _log.Set(ringFull: 1);
        _watch.Look();
        for (int count = 2; count <= 100; count++)
        {
            _log.Set(ringFull: count, writeFailed: 3);
            _watch.Look();
        }

        Assert.That(_observer.Told, Is.EqualTo(["discarded 1: queue_full 1"]));
        LookFor(TraceLogWatch.DiscardPeriod);
        Assert.That(_observer.Told.Skip(1), Is.EqualTo(["discarded 102: queue_full 99, write_failed 3"]));
    }

    [Test]
    public void The_end_tells_what_is_untold_and_how_it_went()
    {
        _log.Set(written: 10, ringFull: 1);
        _watch.Look();
        _watch.Stopping();
        _log.Set(written: 14, ringFull: 3, abandoned: 5, inFlight: 2);
        _watch.Dispose();

        Assert.That(
            _observer.Told,
            Is.EqualTo(["discarded 1: queue_full 1", "discarded 7: queue_full 2, abandoned 5", "drained 4, abandoned 7"]));
    }

    [Test]
    public void An_observer_that_throws_harms_neither_the_caller_nor_the_next_observer()
    {
        RecordingObserver thrower = new() { Spoil = static () => throw new InvalidOperationException("The test's observer throws.") };
        using TraceLogWatch watch = new(_log, _clock, thrower, _observer);
        _log.DiskTrouble = "full";
        watch.Look();

        Assert.That(_observer.Told, Is.EqualTo(["refused: full"]));
    }

    [Test]
    public void An_observer_that_hangs_holds_up_one_thread_and_no_other()
    {
        using ManualResetEventSlim hung = new();
        using ManualResetEventSlim release = new();
        _observer.Spoil = () =>
        {
            hung.Set();
            release.Wait();
        };
        _log.DiskTrouble = "full";
        Background looking = Background.Run(_watch.Look);
        hung.Wait();
        _log.Set(ringFull: 1);
        Background lookingToo = Background.Run(_watch.Look);
        lookingToo.Join();
        release.Set();
        looking.Join();
        _observer.Spoil = null;

        Assert.That(_observer.Told[0], Is.EqualTo("refused: full"));
    }

    [Test]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        _observer.IsListening = false;
        long discarded = 0;

        Assert.That(
            Allocations.Of(() =>
            {
                _log.Set(ringFull: ++discarded);
                _watch.Look();
            }),
            Is.Zero);
        Assert.That(_observer.Told, Is.Empty);
    }

    [Test]
    public void A_watch_that_was_started_looks_by_itself()
    {
        _watch.Start();
        _log.DiskTrouble = "full";

        Eventually.Holds(() => _observer.Told.Length == 1, "the watch looks");
    }

    [Test]
    public void A_started_watch_keeps_nothing_of_the_context_that_started_it()
    {
        AsyncLocal<string?> local = new() { Value = "of the request" };
        string? seen = "nothing yet";
        _observer.Spoil = () => seen = local.Value;
        _watch.Start();
        _log.DiskTrouble = "full";
        Eventually.Holds(() => _observer.Told.Length == 1, "the watch looks");

        Assert.That(seen, Is.Null);
    }

    private void LookFor(TimeSpan time)
    {
        TimeSpan end = _clock.Elapsed + time;
        while (_clock.Elapsed < end)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _watch.Look();
        }
    }
}
