using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Several handlers on one thread.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class AggregateEventHandlerTests<T>
    where T : ITestEvent, new()
{
    private readonly List<string> _calls = [];
    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing()
    {
        _calls.Clear();
        _ring = RingBuffer.CreateSingleProducer(() => new T(), 8, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public void Every_event_and_every_callback_goes_to_all_in_order()
    {
        AggregateEventHandler<T> both = new(new Recorder("a", _calls), new Recorder("b", _calls));
        BatchEventProcessor<T> processor = _ring.AddProcessor(both);
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(_calls.Where(call => !call.Contains("timeout")), Is.EqualTo(new[]
        {
            "a start", "b start", "a batch 2", "b batch 2", "a 0", "b 0", "a 1 end", "b 1 end", "a shutdown", "b shutdown",
        }));
    }

    [Test]
    public void Timeouts_go_to_all()
    {
        AggregateEventHandler<T> both = new(new Recorder("a", _calls), new Recorder("b", _calls));

        both.OnTimeout(7);

        Assert.That(_calls, Is.EqualTo(new[] { "a timeout 7", "b timeout 7" }));
    }

    [Test]
    public void Handlers_without_callbacks_and_no_handlers_are_fine()
    {
        BatchEventProcessor<T> processor = _ring.AddProcessor(new AggregateEventHandler<T>(new AggregateEventHandler<T>(), new Silent()));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(_ring.IsClosed, Is.False);
    }

    [Test]
    public void A_handler_that_fails_keeps_the_event_from_those_behind_it()
    {
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(
            new AggregateEventHandler<T>(new Recorder("a", _calls) { Fails = "1" }, new Recorder("b", _calls)));
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(_calls.Where(call => call.StartsWith("b ", StringComparison.Ordinal) && char.IsDigit(call[2])), Is.EqualTo(new[] { "b 0", "b 2 end" }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: a 1" }));
    }

    [Test]
    public void Every_handler_is_told_of_the_end_although_one_fails()
    {
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(
            new AggregateEventHandler<T>(new Recorder("a", _calls) { Fails = "shutdown" }, new Recorder("b", _calls)));
        processor.SetExceptionHandler(failures);
        _ring.PublishNext();

        processor.RunUntil(0);

        Assert.That(_calls[^1], Is.EqualTo("b shutdown"));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "shutdown: a shutdown" }));
    }

    [Test]
    public void Failures_of_several_at_the_end_are_reported_together()
    {
        AggregateEventHandler<T> both = new(
            new Recorder("a", _calls) { Fails = "shutdown" }, new Recorder("b", _calls) { Fails = "shutdown" });

        AggregateException? failure = Assert.Throws<AggregateException>(both.OnShutdown);

        Assert.That(failure!.InnerExceptions.Select(inner => inner.Message), Is.EqualTo(new[] { "a shutdown", "b shutdown" }));
    }

    [Test]
    public void Slots_are_given_back_when_all_who_say_so_have()
    {
        List<long> positions = [];
        Reporting every = new(modulus: 1);
        Reporting second = new(modulus: 2);
        BatchEventProcessor<T>? processor = null;
        RecordingHandler<T> last = new() { BeforeEvent = _ => positions.Add(processor!.Sequence.Value) };
        processor = _ring.AddProcessor(new AggregateEventHandler<T>(every, second, last));
        _ring.PublishMany(6);

        processor.RunUntil(5);

        Assert.That(positions, Is.EqualTo(new long[] { -1, 0, 0, 2, 2, 4 }), "behind each event that all are done with");
    }

    [Test]
    public void The_list_of_handlers_is_copied()
    {
        IEventHandler<T>[] handlers = [new Recorder("a", _calls)];
        AggregateEventHandler<T> aggregate = new(handlers);
        handlers[0] = new Recorder("b", _calls);
        T evt = new();

        aggregate.OnEvent(ref evt, 0, endOfBatch: false);

        Assert.That(_calls, Is.EqualTo(new[] { "a 0" }));
    }

    [Test]
    public void Missing_handlers_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new AggregateEventHandler<T>(null!), Throws.ArgumentNullException);
            Assert.That(() => new AggregateEventHandler<T>(new Silent(), null!), Throws.ArgumentNullException.With.Message.Contains("1"));
        });
    }

    private sealed class Recorder(string name, List<string> calls)
        : IEventHandler<T>, ILifecycleAware, IBatchStartAware, ITimeoutHandler
    {
        public string? Fails { get; init; }

        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => Record($"{sequence}{(endOfBatch ? " end" : "")}");

        public void OnStart() => Record("start");

        public void OnShutdown() => Record("shutdown");

        public void OnBatchStart(long batchSize, long queueDepth) => Record($"batch {batchSize}");

        public void OnTimeout(long sequence) => Record($"timeout {sequence}");

        private void Record(string call)
        {
            calls.Add($"{name} {call}");
            if (call == Fails)
                throw new InvalidDataException($"{name} {call}");
        }
    }

    private sealed class Silent : IEventHandler<T>
    {
        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
        }
    }

    /// <summary>Gives back every event whose sequence is a multiple.</summary>
    private sealed class Reporting(long modulus) : ISequenceReportingEventHandler<T>
    {
        private Sequence? _sequence;

        public void SetSequenceCallback(Sequence sequence) => _sequence = sequence;

        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
            if (sequence % modulus == 0)
                _sequence!.Set(sequence);
        }
    }
}
