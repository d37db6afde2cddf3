using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Where batches begin and end, who is told, and what is given back before the end.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class BatchingTests<T>
    where T : ITestEvent, new()
{
    private const int Size = 8;

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new T(), Size);

    [Test]
    public void The_start_of_a_batch_is_told_with_its_size_before_its_events()
    {
        BatchRecorder handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Calls, Is.EqualTo(new[] { "batch 3 of 3", "event 0", "event 1", "event 2 end" }));
    }

    [Test]
    public void A_batch_is_no_larger_than_allowed_and_the_rest_shows_as_depth()
    {
        BatchRecorder handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.MaxBatchSize = 2;
        _ring.PublishMany(5);

        processor.RunUntil(4);

        Assert.That(handler.Calls, Is.EqualTo(new[]
        {
            "batch 2 of 5", "event 0", "event 1 end", "batch 2 of 3", "event 2", "event 3 end", "batch 1 of 1", "event 4 end",
        }));
    }

    [Test]
    public void The_position_moves_at_the_end_of_each_batch()
    {
        List<long> positions = [];
        BatchEventProcessor<T>? processor = null;
        processor = _ring.AddProcessor(new RecordingHandler<T> { BeforeEvent = _ => positions.Add(processor!.Sequence.Value) });
        processor.MaxBatchSize = 3;
        _ring.PublishMany(7);

        processor.RunUntil(6);

        Assert.That(positions, Is.EqualTo(new long[] { -1, -1, -1, 2, 2, 2, 5 }));
    }

    [Test]
    public void No_start_is_told_for_a_batch_that_was_given_up_entirely()
    {
        BatchRecorder handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.GiveUpOne();
        _ring.GiveUpOne();

        processor.RunUntil(1);

        Assert.That(handler.Calls, Is.Empty);
    }

    [Test]
    public void Batches_of_the_largest_size_take_everything()
    {
        BatchRecorder handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.MaxBatchSize = int.MaxValue;
        _ring.PublishMany(Size);

        processor.RunUntil(Size - 1);

        Assert.That(handler.Calls[0], Is.EqualTo($"batch {Size} of {Size}"));
    }

    [Test]
    public void A_batch_whose_start_fails_is_reported_and_handled_all_the_same()
    {
        BatchRecorder handler = new() { FailsAtStart = true };
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(handler.Calls, Is.EqualTo(new[] { "batch 2 of 2", "event 0", "event 1 end" }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "batch 0: no batch" }));
    }

    [Test]
    public void By_default_a_batch_whose_start_fails_closes_the_ring_unhandled()
    {
        BatchRecorder handler = new() { FailsAtStart = true };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishNext();

        Background.Run(processor.Run).Join();

        Assert.That(_ring.CloseCause!.Message, Is.EqualTo("no batch"));
        Assert.That(handler.Calls, Is.EqualTo(new[] { "batch 1 of 1" }));
        Assert.That(processor.Sequence.Value, Is.EqualTo(Sequence.Initial));
    }

    [Test]
    public void A_callback_may_be_implemented_explicitly()
    {
        ExplicitRecorder handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishNext();

        Background thread = Background.Run(processor.Run);
        processor.HaltOnceAt(0, thread);

        Assert.That(handler.Calls, Is.EqualTo(new[] { "start", "batch", "event 0", "shutdown" }));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void A_batch_size_below_one_is_refused(int size)
    {
        BatchEventProcessor<T> processor = _ring.AddProcessor(new RecordingHandler<T>());

        Assert.That(
            () => processor.MaxBatchSize = size,
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ActualValue").EqualTo(size));
        Assert.That(processor.MaxBatchSize, Is.EqualTo(int.MaxValue));
    }

    [Test]
    public void A_slot_that_is_given_back_within_a_batch_can_be_claimed_at_once()
    {
        bool claimed = false;
        GivingBack handler = new()
        {
            AfterGivingBack = sequence => claimed |= sequence == 0 && _ring.TryNext(out _),
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        _ring.PublishMany(Size);

        processor.RunUntil(Size - 1);

        Assert.That(claimed, Is.True);
    }

    [Test]
    public void A_position_that_its_handler_moved_does_not_fall_back_when_an_event_fails()
    {
        List<long> positions = [];
        GivingBack handler = new()
        {
            AfterGivingBack = sequence => Throw(sequence == 1),
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(new IgnoreExceptionHandler<T>(_ => positions.Add(processor.Sequence.Value)));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(positions, Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void An_event_that_was_given_back_is_not_retried()
    {
        int tries = 0;
        GivingBack handler = new()
        {
            AfterGivingBack = sequence =>
            {
                tries += sequence == 1 ? 1 : 0;
                Throw(sequence == 1);
            },
        };
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(new RetryExceptionHandler<T>(5, new FatalExceptionHandler<T>()));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(tries, Is.EqualTo(1));
    }

    private static void Throw(bool when)
    {
        if (when)
            throw new InvalidDataException("no event");
    }

    private sealed class ExplicitRecorder : IEventHandler<T>, IBatchStartAware, ILifecycleAware
    {
        public List<string> Calls { get; } = [];

        void IEventHandler<T>.OnEvent(ref T evt, long sequence, bool endOfBatch) => Calls.Add($"event {sequence}");

        void IBatchStartAware.OnBatchStart(long batchSize, long queueDepth) => Calls.Add("batch");

        void ILifecycleAware.OnStart() => Calls.Add("start");

        void ILifecycleAware.OnShutdown() => Calls.Add("shutdown");
    }

    private sealed class BatchRecorder : IEventHandler<T>, IBatchStartAware
    {
        public bool FailsAtStart { get; init; }

        public List<string> Calls { get; } = [];

        public void OnBatchStart(long batchSize, long queueDepth)
        {
            Calls.Add($"batch {batchSize} of {queueDepth}");
            if (FailsAtStart)
                throw new InvalidDataException("no batch");
        }

        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => Calls.Add($"event {sequence}{(endOfBatch ? " end" : "")}");
    }

    private sealed class GivingBack : ISequenceReportingEventHandler<T>
    {
        private Sequence? _sequence;

        public Action<long> AfterGivingBack { get; init; } = static _ => { };

        public void SetSequenceCallback(Sequence sequence) => _sequence = sequence;

        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
            _sequence!.Set(sequence);
            AfterGivingBack(sequence);
        }
    }
}
