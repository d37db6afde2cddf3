using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>What becomes of an event whose handler throws.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class FailurePolicyTests<T>
    where T : ITestEvent, new()
{
    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new T(), 8);

    [Test]
    public void An_ignored_failure_is_reported_and_the_processor_goes_on()
    {
        List<string> reported = [];
        RecordingHandler<T> handler = Failing(1, times: int.MaxValue);
        BatchEventProcessor<T> processor = AddProcessor(handler, new IgnoreExceptionHandler<T>(e => reported.Add(e.Message)));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 2 }));
        Assert.That(reported, Is.EqualTo(new[] { "failure 1" }));
    }

    [Test]
    public void All_that_a_handler_throws_can_be_ignored_in_silence()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), 8, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        ThrowingHandler handler = new();
        BatchEventProcessor<T> processor = ring.AddProcessor(handler);
        processor.SetExceptionHandler(new IgnoreExceptionHandler<T>());
        ring.PublishMany(2);
        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => handler.Timeouts > 1, "two timeouts");

        processor.HaltOnceAt(1, thread);

        Assert.That(ring.IsClosed, Is.False);
    }

    [Test]
    public void A_failed_event_is_retried_until_it_is_handled()
    {
        RecordingHandler<T> handler = Failing(1, times: 2);
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = AddProcessor(handler, new RetryExceptionHandler<T>(2, failures));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 1, 2 }));
        Assert.That(failures.Failures, Is.Empty);
    }

    [Test]
    public void After_the_last_retry_the_next_exception_handler_decides()
    {
        RecordingHandler<T> handler = Failing(1, times: int.MaxValue);
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = AddProcessor(handler, new RetryExceptionHandler<T>(2, failures));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 2 }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: failure 3" }));
    }

    [Test]
    public void Retries_that_end_fatally_close_the_ring_in_front_of_the_event()
    {
        BatchEventProcessor<T> processor = AddProcessor(
            Failing(1, times: int.MaxValue), new RetryExceptionHandler<T>(3, new FatalExceptionHandler<T>()));
        _ring.PublishMany(3);

        Background.Run(processor.Run).Join();

        Assert.That(_ring.CloseCause!.Message, Is.EqualTo("failure 4"));
        Assert.That(processor.Sequence.Value, Is.Zero);
    }

    [Test]
    public void Retries_are_counted_for_each_event()
    {
        RecordingPolicy policy = new(attempts => attempts < 3 ? FailureAction.Retry : FailureAction.Continue);
        RecordingHandler<T> handler = new() { BeforeEvent = s => Throw(s != 1, "no event") };
        BatchEventProcessor<T> processor = AddProcessor(handler, policy);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(policy.Asked, Is.EqualTo(new[] { "0: 1", "0: 2", "0: 3", "2: 1", "2: 2", "2: 3" }));
    }

    [Test]
    public void One_retry_after_another_counts_its_own_attempts()
    {
        RecordingPolicy policy = new(_ => FailureAction.Continue);
        BatchEventProcessor<T> processor = AddProcessor(
            Failing(0, times: int.MaxValue), new RetryExceptionHandler<T>(2, new RetryExceptionHandler<T>(3, policy)));
        _ring.PublishNext();

        processor.RunUntil(0);

        Assert.That(policy.Asked, Is.EqualTo(new[] { "0: 1" }));
    }

    [Test]
    public void Events_before_the_one_that_is_retried_are_given_back()
    {
        List<long> positions = [];
        BatchEventProcessor<T>? processor = null;
        RecordingHandler<T> handler = new()
        {
            BeforeEvent = s =>
            {
                positions.Add(processor!.Sequence.Value);
                Throw(s == 1 && positions.Count == 2, "once");
            },
        };
        processor = AddProcessor(handler, new RetryExceptionHandler<T>(1, new FatalExceptionHandler<T>()));
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(positions, Is.EqualTo(new long[] { -1, -1, 0 }));
    }

    [Test]
    public void A_halt_ends_the_retries()
    {
        int failures = 0;
        RecordingHandler<T> handler = new()
        {
            BeforeEvent = _ =>
            {
                Interlocked.Increment(ref failures);
                throw new InvalidDataException("always");
            },
        };
        BatchEventProcessor<T> processor = AddProcessor(handler, new RetryExceptionHandler<T>(int.MaxValue, new FatalExceptionHandler<T>()));
        _ring.PublishNext();
        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => Volatile.Read(ref failures) > 10, "it is retried");

        processor.Halt();

        thread.Join();
        Assert.That(processor.Sequence.Value, Is.EqualTo(Sequence.Initial));
        Assert.That(_ring.IsClosed, Is.False);
    }

    [Test]
    public void Failures_that_are_about_no_event_are_not_retried()
    {
        RecordingExceptionHandler<T> failures = new();
        RecordingHandler<T> handler = new()
        {
            WhenStarted = () => throw new InvalidDataException("early"),
            WhenShutDown = () => throw new InvalidDataException("late"),
        };
        BatchEventProcessor<T> processor = AddProcessor(handler, new RetryExceptionHandler<T>(5, failures));
        _ring.PublishNext();

        processor.RunUntil(0);

        Assert.That(failures.Failures, Is.EqualTo(new[] { "start: early", "shutdown: late" }));
        Assert.That(handler.Starts, Is.EqualTo(1));
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        FatalExceptionHandler<T> fatal = new();
        Assert.Multiple(() =>
        {
            Assert.That(() => new RetryExceptionHandler<T>(-1, fatal), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetryExceptionHandler<T>(1, null!), Throws.ArgumentNullException);
            Assert.That(() => new RetryExceptionHandler<T>(1, fatal, TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetryExceptionHandler<T>(1, fatal, TimeSpan.FromDays(25)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    private BatchEventProcessor<T> AddProcessor(IEventHandler<T> handler, IExceptionHandler<T> exceptionHandler)
    {
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(exceptionHandler);
        return processor;
    }

    private static RecordingHandler<T> Failing(long failing, int times)
    {
        int failures = 0;
        return new() { BeforeEvent = s => Throw(s == failing && failures++ < times, $"failure {failures}") };
    }

    private static void Throw(bool when, string message)
    {
        if (when)
            throw new InvalidDataException(message);
    }

    private sealed class ThrowingHandler : IEventHandler<T>, ILifecycleAware, IBatchStartAware, ITimeoutHandler
    {
        private int _timeouts;

        public int Timeouts => Volatile.Read(ref _timeouts);

        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => throw new InvalidDataException("event");

        public void OnStart() => throw new InvalidDataException("start");

        public void OnShutdown() => throw new InvalidDataException("shutdown");

        public void OnBatchStart(long batchSize, long queueDepth) => throw new InvalidDataException("batch");

        public void OnTimeout(long sequence)
        {
            Interlocked.Increment(ref _timeouts);
            throw new InvalidDataException("timeout");
        }
    }

    private sealed class RecordingPolicy(Func<int, FailureAction> decide) : IFailurePolicy<T>
    {
        private readonly FatalExceptionHandler<T> _fatal = new();

        public List<string> Asked { get; } = [];

        public FailureAction OnEventFailure(Exception exception, long sequence, int attempts, ref T evt)
        {
            Asked.Add($"{sequence}: {attempts}");
            return decide(attempts);
        }

        public void HandleEventException(Exception exception, long sequence, ref T evt) => _fatal.HandleEventException(exception, sequence, ref evt);

        public void HandleOnBatchStartException(Exception exception, long sequence) => _fatal.HandleOnBatchStartException(exception, sequence);

        public void HandleOnTimeoutException(Exception exception, long sequence) => _fatal.HandleOnTimeoutException(exception, sequence);

        public void HandleOnStartException(Exception exception) => _fatal.HandleOnStartException(exception);

        public void HandleOnShutdownException(Exception exception) => _fatal.HandleOnShutdownException(exception);
    }
}
