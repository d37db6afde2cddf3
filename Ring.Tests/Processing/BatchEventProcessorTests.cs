using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Running, stopping and failing, for events of classes and of structs.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class BatchEventProcessorTests<T>
    where T : ITestEvent, new()
{
    private const int Size = 8;

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new T(), Size);

    [Test]
    public void Every_event_is_handled_once_and_in_order()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background thread = Background.Run(processor.Run);

        for (int i = 0; i < 100; i++)
            _ring.PublishNext(1000 + i);

        processor.HaltOnceAt(99, thread);
        Assert.That(handler.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
        Assert.That(handler.Values, Is.EqualTo(RingExtensions.Range(1000, 100)));
    }

    [Test]
    public void The_last_event_of_a_batch_and_no_other_is_told_so()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishMany(5);

        processor.RunUntil(4);

        Assert.That(handler.EndsOfBatch, Is.EqualTo(new[] { false, false, false, false, true }));
    }

    [Test]
    public void The_end_of_a_batch_is_on_the_last_event_that_was_not_given_up()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.GiveUpOne();
        _ring.PublishMany(2);
        _ring.GiveUpOne();
        _ring.PublishMany(1);
        _ring.GiveUpOne();
        _ring.GiveUpOne();

        processor.RunUntil(6);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 1, 2, 4 }));
        Assert.That(handler.EndsOfBatch, Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public void A_batch_that_was_given_up_entirely_is_passed_by()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.GiveUpOne();
        _ring.GiveUpOne();

        processor.RunUntil(1);

        Assert.That(handler.Count, Is.Zero);
    }

    [Test]
    public void A_handler_may_change_and_replace_the_event()
    {
        BatchEventProcessor<T> processor = _ring.AddProcessor(new ReplacingHandler());
        _ring.PublishNext(1);

        processor.RunUntil(0);

        Assert.That(_ring[0].Value, Is.EqualTo(2));
    }

    [Test]
    public void The_lifecycle_is_told_once_for_a_run_around_the_events()
    {
        RecordingHandler<T>? handler = null;
        List<string> order = [];
        handler = new RecordingHandler<T>
        {
            WhenStarted = () => order.Add("start"),
            BeforeEvent = s => order.Add($"event {s}"),
            WhenShutDown = () => order.Add("shutdown"),
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(order, Is.EqualTo(new[] { "start", "event 0", "event 1", "shutdown" }));
    }

    [Test]
    public void A_halt_before_the_run_ends_it_before_it_begins()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishNext();

        processor.Halt();
        Background.Run(processor.Run).Join();

        Assert.That((handler.Starts, handler.Count, handler.Shutdowns), Is.EqualTo((0, 0, 0)));
        processor.RunUntil(0);
        Assert.That((handler.Starts, handler.Count, handler.Shutdowns), Is.EqualTo((1, 1, 1)), "the stop was for one run");
    }

    [Test]
    public void A_halt_ends_a_run_that_waits()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => thread.IsAsleep, "it waits");
        Assert.That(processor.IsRunning, Is.True);

        processor.Halt();

        thread.Join();
        Assert.That(processor.IsRunning, Is.False);
        Assert.That(handler.Shutdowns, Is.EqualTo(1));
    }

    [Test]
    public void A_halt_at_any_moment_ends_the_run()
    {
        for (int round = 0; round < 100; round++)
        {
            BatchEventProcessor<T> processor = _ring.AddProcessor(new RecordingHandler<T>());
            int moment = round;
            Background thread = Background.Run(() =>
            {
                Thread.SpinWait(100 * (50 - moment));
                processor.Run();
            });
            Thread.SpinWait(5 * round);

            processor.Halt();

            thread.Join();
            _ring.RemoveGatingSequence(processor.Sequence);
        }
    }

    [Test]
    public void A_restart_goes_on_where_the_run_before_stopped()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        for (int run = 0; run < 20; run++)
        {
            _ring.PublishMany(3);
            processor.RunUntil((3 * run) + 2);
        }

        Assert.That(handler.Sequences, Is.EqualTo(RingExtensions.Range(0, 60)));
        Assert.That((handler.Starts, handler.Shutdowns), Is.EqualTo((20, 20)));
    }

    [Test]
    public void A_second_run_at_the_same_time_is_refused_and_does_not_disturb_the_first()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background first = Background.Run(processor.Run);
        Eventually.Holds(() => processor.IsRunning, "it runs");

        Assert.That(processor.Run, Throws.InvalidOperationException.With.Message.Contains("already"));

        _ring.PublishNext();
        processor.HaltOnceAt(0, first);
        Assert.That(handler.Starts, Is.EqualTo(1));
    }

    [Test]
    public void A_failed_event_is_reported_and_passed_by_when_the_exception_handler_returns()
    {
        RecordingHandler<T> handler = new() { BeforeEvent = s => Throw(s % 3 == 1, $"no {s}") };
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(6);

        processor.RunUntil(5);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 2, 3, 5 }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: no 1", "event 4: no 4" }));
        Assert.That(_ring.IsClosed, Is.False);
    }

    [Test]
    public void By_default_a_failed_event_ends_the_processor_and_closes_the_ring_with_the_cause()
    {
        RecordingHandler<T> handler = new() { BeforeEvent = s => Throw(s == 2, "boom") };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishMany(5);

        Background.Run(processor.Run).Join();

        Assert.Multiple(() =>
        {
            Assert.That(_ring.IsClosed, Is.True);
            Assert.That(_ring.CloseCause!.Message, Is.EqualTo("boom"));
            Assert.That(processor.IsRunning, Is.False);
            Assert.That(processor.Sequence.Value, Is.EqualTo(1), "in front of the event that failed");
            Assert.That(handler.Shutdowns, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_producer_that_waits_for_a_consumer_that_dies_is_told_the_cause()
    {
        using ManualResetEventSlim full = new();
        RecordingHandler<T> handler = new()
        {
            BeforeEvent = _ =>
            {
                full.Wait(Eventually.Deadline);
                throw new InvalidDataException("boom");
            },
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background consumer = Background.Run(processor.Run);
        _ring.PublishMany(Size);
        RingClosedException? refused = null;
        Background producer = Background.Run(() => refused = Assert.Throws<RingClosedException>(() => _ring.Next()));
        Eventually.Holds(() => producer.IsAsleep, "the producer waits");

        full.Set();

        producer.Join();
        consumer.Join();
        Assert.That(refused!.InnerException, Is.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void The_ring_is_closed_before_the_handler_is_told_of_its_end()
    {
        bool closed = false;
        RecordingHandler<T> handler = new()
        {
            BeforeEvent = _ => throw new InvalidDataException("root"),
            WhenShutDown = () =>
            {
                closed = _ring.IsClosed;
                throw new InvalidDataException("late");
            },
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishNext();

        Background.Run(processor.Run).Join();

        Assert.That(closed, Is.True, "a handler may wait there for its producer");
        Assert.That(_ring.CloseCause!.Message, Is.EqualTo("root"), "what failed first");
    }

    [Test]
    public void A_strategy_that_returns_no_result_is_asked_again()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), Size, new IndecisiveStrategy());
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = new(ring, ring.NewBarrier(), handler);
        ring.AddGatingSequences(processor.Sequence);
        Background thread = Background.Run(processor.Run);

        ring.PublishMany(3);

        processor.HaltOnceAt(2, thread);
        Assert.That(handler.Sequences, Is.EqualTo(RingExtensions.Range(0, 3)));
    }

    [Test]
    public void A_wait_that_fails_closes_the_ring_and_is_no_failure_of_an_event()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), Size, new FailingStrategy());
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = new(ring, ring.NewBarrier(), new RecordingHandler<T>());
        processor.SetExceptionHandler(failures);

        Background.Run(processor.Run).Join();

        Assert.That(ring.CloseCause!.Message, Is.EqualTo("no wait"));
        Assert.That(failures.Failures, Is.Empty);
        Assert.That(processor.Sequence.Value, Is.EqualTo(Sequence.Initial));
    }

    [Test]
    public void An_interrupt_of_a_wait_is_no_failure_of_an_event()
    {
        RecordingHandler<T> handler = new();
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(failures);
        Thread thread = new(processor.Run) { IsBackground = true };
        thread.Start();
        _ring.PublishNext();
        Eventually.Holds(() => handler.Count == 1 && thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "it waits for the second event");

        thread.Interrupt();

        Assert.That(thread.Join(Eventually.Deadline), Is.True);
        Assert.That(_ring.CloseCause, Is.InstanceOf<ThreadInterruptedException>());
        Assert.That(failures.Failures, Is.Empty);
        Assert.That(processor.Sequence.Value, Is.Zero);
    }

    [Test]
    public void Failures_at_start_and_shutdown_are_reported()
    {
        RecordingHandler<T> handler = new()
        {
            WhenStarted = () => throw new InvalidDataException("early"),
            WhenShutDown = () => throw new InvalidDataException("late"),
        };
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(failures);
        _ring.PublishNext();

        processor.RunUntil(0);

        Assert.That(failures.Failures, Is.EqualTo(new[] { "start: early", "shutdown: late" }));
        Assert.That(handler.Count, Is.EqualTo(1));
    }

    [Test]
    public void By_default_a_failure_at_start_closes_the_ring_and_no_event_is_handled()
    {
        RecordingHandler<T> handler = new() { WhenStarted = () => throw new InvalidDataException("early") };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishNext();

        Background.Run(processor.Run).Join();

        Assert.That(_ring.CloseCause!.Message, Is.EqualTo("early"));
        Assert.That((handler.Count, handler.Shutdowns), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_timeout_is_told_with_the_last_sequence_and_its_failure_is_reported()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), Size, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        TimeoutRecorder handler = new();
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = new(ring, ring.NewBarrier(), handler);
        processor.SetExceptionHandler(failures);
        ring.AddGatingSequences(processor.Sequence);
        ring.PublishMany(2);

        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => failures.Failures.Count >= 2, "two timeouts");
        processor.Halt();
        thread.Join();

        Assert.That(failures.Failures, Is.All.EqualTo("timeout 1: at 1"));
    }

    [Test]
    public void Missing_arguments_are_refused()
    {
        RecordingHandler<T> handler = new();
        SequenceBarrier barrier = _ring.NewBarrier();

        Assert.Multiple(() =>
        {
            Assert.That(() => new BatchEventProcessor<T>(null!, barrier, handler), Throws.ArgumentNullException);
            Assert.That(() => new BatchEventProcessor<T>(_ring, null!, handler), Throws.ArgumentNullException);
            Assert.That(() => new BatchEventProcessor<T>(_ring, barrier, null!), Throws.ArgumentNullException);
            Assert.That(() => _ring.AddProcessor(handler).SetExceptionHandler(null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void Handling_events_allocates_nothing()
    {
        AllocationProbe handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background thread = Background.Run(processor.Run);

        _ring.PublishMany(10_001);

        processor.HaltOnceAt(10_000, thread);
        Assert.That(handler.Window.Least, Is.Zero);
    }

    private static void Throw(bool when, string message)
    {
        if (when)
            throw new InvalidDataException(message);
    }

    private sealed class ReplacingHandler : IEventHandler<T>
    {
        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => evt = new T { Value = evt.Value + 1 };
    }

    private sealed class IndecisiveStrategy : IWaitStrategy
    {
        public bool IsBlocking => false;

        public WaitResult WaitFor(long sequence, SequenceBarrier barrier) => default;

        public void SignalAllWhenBlocking()
        {
        }
    }

    private sealed class FailingStrategy : IWaitStrategy
    {
        public bool IsBlocking => false;

        public WaitResult WaitFor(long sequence, SequenceBarrier barrier) => throw new InvalidDataException("no wait");

        public void SignalAllWhenBlocking()
        {
        }
    }

    private sealed class TimeoutRecorder : IEventHandler<T>, ITimeoutHandler
    {
        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
        }

        public void OnTimeout(long sequence) => throw new InvalidDataException($"at {sequence}");
    }

    private sealed class AllocationProbe : IEventHandler<T>
    {
        public AllocationWindow Window { get; } = new();

        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => Window.Count();
    }
}
