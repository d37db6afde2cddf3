using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Events that fail at one stage and are kept from those after it.</summary>
[TestFixture(ProducerType.Single)]
[TestFixture(ProducerType.Multi)]
public class SkipTests(ProducerType producerType)
{
    private const int Size = 8;

    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor() => _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), Size, producerType: producerType);

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void What_one_stage_skips_no_later_stage_sees()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence % 3 == 0), second = new(), third = new();
        _disruptor.HandleEventsWith(failing, Skipping()).Then(second).Then(third);

        RunToTheEnd(4 * Size);

        long[] kept = [.. RingExtensions.Range(0, 4 * Size).Where(sequence => sequence % 3 != 0)];
        Assert.That(second.Sequences, Is.EqualTo(kept));
        Assert.That(third.Sequences, Is.EqualTo(kept));
    }

    [Test]
    public void Handlers_beside_it_see_what_a_handler_skips_and_those_after_both_do_not()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence == 1), beside = new(), afterBoth = new(), afterOther = new();
        _disruptor.HandleEventsWith(failing, Skipping()).And(_disruptor.HandleEventsWith(beside)).Then(afterBoth);
        _disruptor.After(beside).Then(afterOther);

        RunToTheEnd(3);

        Assert.That(beside.Count, Is.EqualTo(3));
        Assert.That(afterOther.Count, Is.EqualTo(3));
        Assert.That(afterBoth.Sequences, Is.EqualTo(new long[] { 0, 2 }));
    }

    [Test]
    public void What_a_worker_skips_no_later_stage_sees()
    {
        IWorkHandler<ClassEvent>[] workers = [new FailingWorker(), new FailingWorker()];
        RecordingHandler<ClassEvent> second = new();
        _disruptor.SetDefaultExceptionHandler(new SkipExceptionHandler<ClassEvent>());
        _disruptor.HandleEventsWithWorkerPool(workers).Then(second);

        RunToTheEnd(4 * Size);

        Assert.That(second.Sequences, Is.EqualTo(RingExtensions.Range(0, 4 * Size).Where(sequence => sequence % 3 != 0)));
    }

    [Test]
    public void What_a_stage_skips_no_pool_after_it_sees_and_nobody_after_the_pool()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence % 3 == 0), third = new();
        RecordingWorker<ClassEvent> worker = new(), other = new();
        _disruptor.HandleEventsWith(failing, Skipping()).ThenHandleEventsWithWorkerPool(worker, other).Then(third);

        RunToTheEnd(4 * Size);

        long[] kept = [.. RingExtensions.Range(0, 4 * Size).Where(sequence => sequence % 3 != 0)];
        Assert.That(worker.Count + other.Count, Is.EqualTo(kept.Length));
        Assert.That(third.Sequences, Is.EqualTo(kept));
    }

    [Test]
    public void A_poller_passes_by_what_the_stage_before_it_has_skipped()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence is 1 or 3);
        _disruptor.HandleEventsWith(failing, Skipping());
        List<string> seen = [];
        using EventPoller<ClassEvent> poller = _disruptor.After(failing).NewPoller();

        RunToTheEnd(4);

        Assert.That(poller.Poll(Record), Is.EqualTo(PollState.Processing));
        Assert.That(seen, Is.EqualTo(new[] { "0", "2 end" }));

        bool Record(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            seen.Add(endOfBatch ? $"{sequence} end" : $"{sequence}");
            return true;
        }
    }

    [Test]
    public void A_barrier_says_what_those_before_it_have_skipped()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence == 1);
        SequenceBarrier barrier = _disruptor.HandleEventsWith(failing, Skipping()).AsSequenceBarrier();

        RunToTheEnd(3);

        Assert.That(RingExtensions.Range(0, 3).Select(barrier.IsSkipped), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void The_last_event_that_is_kept_ends_the_batch()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence >= 2);
        bool hasBegun = false;
        RecordingHandler<ClassEvent> second = new() { BeforeEvent = HoldFirst };
        _disruptor.HandleEventsWith(failing, Skipping()).Then(second);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        Eventually.Holds(() => Volatile.Read(ref hasBegun), "the first event is a batch by itself");

        ring.PublishMany(3);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(second.Sequences, Is.EqualTo(new long[] { 0, 1 }));
        Assert.That(second.EndsOfBatch, Is.All.True);

        // Holds the second stage at the first event, until the first stage is done with the others.
        void HoldFirst(long sequence)
        {
            Volatile.Write(ref hasBegun, true);
            Eventually.Holds(() => sequence > 0 || _disruptor.GetSequenceValueFor(failing) == 3, "the first stage is ahead");
        }
    }

    [Test]
    public void An_event_that_was_retried_in_vain_can_be_skipped()
    {
        int tries = 0;
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence == 1 && ++tries > 0), second = new();
        _disruptor.HandleEventsWith(failing, new ConsumerOptions<ClassEvent>
        {
            ExceptionHandler = new RetryExceptionHandler<ClassEvent>(2, new SkipExceptionHandler<ClassEvent>()),
        }).Then(second);

        RunToTheEnd(3);

        Assert.That(tries, Is.EqualTo(3));
        Assert.That(second.Sequences, Is.EqualTo(new long[] { 0, 2 }));
    }

    [Test]
    public void Every_exception_is_reported()
    {
        List<string> reported = [];
        RecordingHandler<ClassEvent> failing = new()
        {
            BeforeEvent = sequence => throw new InvalidDataException($"event {sequence}"),
            WhenStarted = () => throw new InvalidDataException("start"),
            WhenShutDown = () => throw new InvalidDataException("shutdown"),
        };
        _disruptor.HandleEventsWith(failing, Skipping(exception => reported.Add(exception.Message)));

        RunToTheEnd(2);

        Assert.That(reported, Is.EqualTo(new[] { "start", "event 0", "event 1", "shutdown" }));
    }

    [Test]
    public void An_event_that_was_given_back_before_is_kept_from_nobody()
    {
        ReleasingHandler failing = new();
        RecordingHandler<ClassEvent> second = new();
        _disruptor.HandleEventsWith(failing, Skipping()).Then(second);

        RunToTheEnd(3);

        Assert.That(second.Count, Is.EqualTo(3));
    }

    [Test]
    public void A_mark_is_forgotten_when_the_ring_comes_round()
    {
        RecordingHandler<ClassEvent> failing = Failing(sequence => sequence == 1), second = new();
        _disruptor.HandleEventsWith(failing, Skipping()).Then(second);

        RunToTheEnd(3 * Size);

        Assert.That(second.Count, Is.EqualTo((3 * Size) - 1));
    }

    private static ConsumerOptions<ClassEvent> Skipping(Action<Exception>? report = null) =>
        new() { ExceptionHandler = new SkipExceptionHandler<ClassEvent>(report) };

    private static RecordingHandler<ClassEvent> Failing(Predicate<long> fails) => new()
    {
        BeforeEvent = sequence =>
        {
            if (fails(sequence))
                throw new InvalidDataException("planted");
        },
    };

    private void RunToTheEnd(int events)
    {
        _disruptor.Start().PublishMany(events);
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    private sealed class FailingWorker : IWorkHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence)
        {
            if (sequence % 3 == 0)
                throw new InvalidDataException("planted");
        }
    }

    /// <summary>Gives each event back before it fails.</summary>
    private sealed class ReleasingHandler : ISequenceReportingEventHandler<ClassEvent>
    {
        private Sequence? _position;

        public void SetSequenceCallback(Sequence sequenceCallback) => _position = sequenceCallback;

        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            _position!.Set(sequence);
            throw new InvalidDataException("planted");
        }
    }
}
