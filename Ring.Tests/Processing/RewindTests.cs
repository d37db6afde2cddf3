using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Handlers that ask for their batch again.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class RewindTests<T>
    where T : ITestEvent, new()
{
    private RingBuffer<T> _ring = null!;
    private List<int> _attempts = null!;

    [SetUp]
    public void CreateRing()
    {
        _ring = RingBuffer.CreateSingleProducer(() => new T(), 16);
        _attempts = [];
    }

    [TestCase(0, new long[] { 0, 0, 1, 2, 3 })]
    [TestCase(2, new long[] { 0, 1, 2, 0, 1, 2, 3 })]
    [TestCase(3, new long[] { 0, 1, 2, 3, 0, 1, 2, 3 })]
    public void A_batch_is_handled_again_from_its_first_event(long failing, long[] expected)
    {
        Rewinding handler = new((failing, 1));
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        _ring.PublishMany(4);

        processor.RunUntil(3);

        Assert.That(handler.Seen, Is.EqualTo(expected));
        Assert.That(_attempts, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void The_attempts_are_counted_until_the_batch_is_handled()
    {
        Rewinding handler = new((1, 3), (4, 2));
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        processor.MaxBatchSize = 3;
        _ring.PublishMany(6);

        processor.RunUntil(5);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 4, 3, 4, 3, 4, 5 }));
        Assert.That(_attempts, Is.EqualTo(new[] { 1, 2, 3, 1, 2 }));
    }

    [Test]
    public void The_position_stays_in_front_of_a_batch_that_is_rewound()
    {
        List<long> positions = [];
        BatchEventProcessor<T>? processor = null;
        processor = AddProcessor(new Rewinding((1, 2)) { BeforeEvent = () => positions.Add(processor!.Sequence.Value) }, new SimpleBatchRewindStrategy());
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(positions, Is.All.EqualTo(Sequence.Initial));
    }

    [Test]
    public void A_strategy_that_gives_up_leaves_the_event_to_the_exception_handler()
    {
        Rewinding handler = new((1, int.MaxValue));
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = AddProcessor(handler, new EventuallyGiveUpBatchRewindStrategy(3));
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 1, 0, 1, 0, 1, 2 }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: again" }));
    }

    [Test]
    public void After_giving_up_the_attempts_begin_anew()
    {
        Rewinding handler = new((0, int.MaxValue), (1, int.MaxValue));
        BatchEventProcessor<T> processor = AddProcessor(handler, new EventuallyGiveUpBatchRewindStrategy(2));
        processor.SetExceptionHandler(new IgnoreExceptionHandler<T>());
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(_attempts, Is.EqualTo(new[] { 1, 2, 1, 2 }));
    }

    [Test]
    public void A_strategy_that_fails_makes_the_event_a_failed_one()
    {
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = AddProcessor(new Rewinding((0, 1)), new FailingStrategy());
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(2);

        processor.RunUntil(1);

        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 0: no strategy" }));
    }

    [Test]
    public void Without_a_strategy_the_exception_is_one_as_any_other()
    {
        Rewinding handler = new((1, int.MaxValue));
        RecordingExceptionHandler<T> failures = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 1, 2 }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: again" }));
    }

    [Test]
    public void Other_exceptions_do_not_rewind()
    {
        RecordingExceptionHandler<T> failures = new();
        RecordingHandler<T> handler = new() { BeforeEvent = s => ThrowAt(1, s) };
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        processor.SetExceptionHandler(failures);
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 2 }));
        Assert.That(_attempts, Is.Empty);
    }

    [Test]
    public void A_halt_ends_a_batch_that_is_rewound_for_ever()
    {
        Rewinding handler = new((0, int.MaxValue));
        BatchEventProcessor<T> processor = AddProcessor(handler, new PausingBatchRewindStrategy(TimeSpan.Zero));
        _ring.PublishNext();
        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => handler.Count > 10, "it is rewound");

        processor.Halt();

        thread.Join();
        Assert.That(processor.Sequence.Value, Is.EqualTo(Sequence.Initial), "the batch was not handled");
    }

    [Test]
    public void A_batch_is_rewound_to_what_its_handler_has_not_given_back()
    {
        GivingBack handler = new();
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        _ring.PublishMany(4);

        processor.RunUntil(3);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 1, 2, 2, 3 }));
    }

    [Test]
    public void Events_that_were_given_up_stay_so_when_the_batch_is_rewound()
    {
        Rewinding handler = new((2, 1));
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        _ring.PublishNext();
        _ring.GiveUpOne();
        _ring.PublishNext();

        processor.RunUntil(2);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 2, 0, 2 }));
    }

    [Test]
    public void A_failure_after_a_batch_was_rewound_is_the_first_in_a_row()
    {
        Rewinding handler = new((2, 1)) { Fails = seen => seen is [.., 1] && seen.Count(s => s == 1) is 1 or 3 };
        BatchEventProcessor<T> processor = AddProcessor(handler, new SimpleBatchRewindStrategy());
        processor.SetExceptionHandler(new RetryExceptionHandler<T>(1, new FatalExceptionHandler<T>()));
        _ring.PublishMany(3);

        processor.RunUntil(2);

        Assert.That(handler.Seen, Is.EqualTo(new long[] { 0, 1, 1, 2, 1, 1, 2 }));
        Assert.That(_ring.CloseCause, Is.Null);
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => _ring.AddProcessor(new RecordingHandler<T>()).SetRewindStrategy(null!), Throws.ArgumentNullException);
            Assert.That(() => new EventuallyGiveUpBatchRewindStrategy(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PausingBatchRewindStrategy(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PausingBatchRewindStrategy(TimeSpan.FromDays(25)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    private static void ThrowAt(long failing, long sequence)
    {
        if (sequence == failing)
            throw new InvalidDataException("no event");
    }

    private BatchEventProcessor<T> AddProcessor(IEventHandler<T> handler, IBatchRewindStrategy strategy)
    {
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        processor.SetRewindStrategy(new Recording(strategy, _attempts));
        return processor;
    }

    private sealed class Recording(IBatchRewindStrategy strategy, List<int> attempts) : IBatchRewindStrategy
    {
        public RewindAction HandleRewindException(RewindableException exception, int attempt)
        {
            attempts.Add(attempt);
            return strategy.HandleRewindException(exception, attempt);
        }
    }

    private sealed class FailingStrategy : IBatchRewindStrategy
    {
        public RewindAction HandleRewindException(RewindableException exception, int attempts) =>
            throw new InvalidDataException("no strategy");
    }

    /// <summary>Asks for its batch again at each of some events, so many times.</summary>
    private sealed class Rewinding(params (long Sequence, int Times)[] failures) : IEventHandler<T>
    {
        private readonly Dictionary<long, int> _left = failures.ToDictionary(failure => failure.Sequence, failure => failure.Times);
        private long _count;

        public Action BeforeEvent { get; init; } = static () => { };

        /// <summary>Whether the event that was seen last fails for good, by all that were seen.</summary>
        public Func<List<long>, bool> Fails { get; init; } = static _ => false;

        public List<long> Seen { get; } = [];

        public long Count => Volatile.Read(ref _count);

        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
            BeforeEvent();
            Seen.Add(sequence);
            Interlocked.Increment(ref _count);
            if (Fails(Seen))
                throw new InvalidDataException("planted");
            if (_left.GetValueOrDefault(sequence) == 0)
                return;
            _left[sequence]--;
            throw new RewindableException("again");
        }
    }

    /// <summary>Gives back event 1, and asks for the batch again at event 2, once.</summary>
    private sealed class GivingBack : ISequenceReportingEventHandler<T>
    {
        private Sequence? _sequence;

        public List<long> Seen { get; } = [];

        public void SetSequenceCallback(Sequence sequence) => _sequence = sequence;

        public void OnEvent(ref T evt, long sequence, bool endOfBatch)
        {
            bool first = !Seen.Contains(sequence);
            Seen.Add(sequence);
            if (sequence == 1)
                _sequence!.Set(1);
            if (sequence == 2 && first)
                throw new RewindableException();
        }
    }
}
