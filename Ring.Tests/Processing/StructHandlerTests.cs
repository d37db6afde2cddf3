using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Handlers that are structs: all calls must reach the same one.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class StructHandlerTests<T>
    where T : ITestEvent, new()
{
    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new T(), 8);

    [Test]
    public void Every_callback_reaches_the_handler_whose_state_the_events_have_changed()
    {
        List<string> calls = [];
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(_ring, _ring.NewBarrier(), new Counting(calls));
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(calls, Is.EqualTo(new[]
        {
            "start after 0", "batch of 3 after 0", "event 0", "event 1", "event 2 end", "shutdown after 3",
        }));
    }

    [Test]
    public void A_handler_that_fails_is_treated_as_any_other()
    {
        RecordingExceptionHandler<T> failures = new();
        List<string> calls = [];
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(_ring, _ring.NewBarrier(), new Counting(calls) { FailsAt = 1 });
        processor.SetExceptionHandler(failures);
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: boom" }));
        Assert.That(calls[^1], Is.EqualTo("shutdown after 2"));
    }

    [Test]
    public void Events_that_were_given_up_are_passed_by()
    {
        List<string> calls = [];
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(_ring, _ring.NewBarrier(), new Counting(calls));
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishNext();
        _ring.GiveUpOne();
        _ring.PublishNext();

        processor.RunUntil(2);

        Assert.That(calls, Is.EqualTo(new[]
        {
            "start after 0", "batch of 3 after 0", "event 0", "event 2 end", "shutdown after 2",
        }));
    }

    [Test]
    public void Handling_events_allocates_nothing()
    {
        AllocationWindow window = new();
        BatchEventProcessor<T> processor = BatchEventProcessor.Create(_ring, _ring.NewBarrier(), new Probe(window));
        _ring.AddGatingSequences(processor.Sequence);
        Background thread = Background.Run(processor.Run);

        _ring.PublishMany(10_001);

        processor.HaltOnceAt(10_000, thread);
        Assert.That(window.Least, Is.Zero);
    }

    [Test]
    public void Missing_arguments_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => BatchEventProcessor.Create<T, Probe>(null!, _ring.NewBarrier(), default), Throws.ArgumentNullException);
            Assert.That(() => BatchEventProcessor.Create<T, Probe>(_ring, null!, default), Throws.ArgumentNullException);
        });
    }

    /// <summary>Counts its events in a field of its own.</summary>
    private struct Counting(List<string> calls) : IEventHandler<T>, ILifecycleAware, IBatchStartAware
    {
        private int _events;

        public long? FailsAt { get; init; }

        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
            if (sequence == FailsAt)
                throw new InvalidDataException("boom");
            _events++;
            calls.Add($"event {sequence}{(endOfBatch ? " end" : "")}");
        }

        public readonly void OnBatchStart(long batchSize, long queueDepth) => calls.Add($"batch of {batchSize} after {_events}");

        public readonly void OnStart() => calls.Add($"start after {_events}");

        public readonly void OnShutdown() => calls.Add($"shutdown after {_events}");
    }

    private readonly struct Probe(AllocationWindow window) : IEventHandler<T>
    {
        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => window.Count();
    }
}
