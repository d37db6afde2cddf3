using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>A million events, published and handled in every way, for which neither side allocates a byte.</summary>
[TestFixture(typeof(ClassEvent), ProducerType.Single)]
[TestFixture(typeof(ClassEvent), ProducerType.Multi)]
[TestFixture(typeof(StructEvent), ProducerType.Single)]
[TestFixture(typeof(StructEvent), ProducerType.Multi)]
[Explicit("Takes long; shorter ones stand by each way")]
public class MillionEventsContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Events = 1_000_000;
    private const int Size = 1024;
    private const int Batch = 16;

    /// <summary>The runtime allocates on a thread, too, now and then; not in each of these.</summary>
    private const int Rounds = 5;

    private static readonly long[] Values = [.. Enumerable.Range(0, Batch).Select(i => (long)i)];

    private RingBuffer<T> _ring = null!;

    private static IEnumerable<TestCaseData> Ways =>
    [
        Way("one by one", static ring =>
        {
            for (int i = 0; i < Batch; i++)
                ring.PublishNext();
        }),
        Way("several at once", static ring =>
        {
            long last = ring.Next(Batch);
            for (long sequence = last - Batch + 1; sequence <= last; sequence++)
                ring[sequence].Value = sequence;
            ring.Publish(last - Batch + 1, last);
        }),
        Way("scopes", static ring =>
        {
            for (int i = 0; i < Batch; i++)
            {
                using PublishingScope<T> scope = ring.PublishEvent();
                scope.Event.Value = i;
                scope.Commit();
            }
        }),
        Way("batches", static ring =>
        {
            using PublishingBatch<T> batch = ring.PublishEvents(Batch);
            for (int i = 0; i < Batch; i++)
                batch[i].Value = i;
            batch.Commit();
        }),
        Way("translators with a state", static ring =>
        {
            for (int i = 0; i < Batch; i++)
                ring.PublishEvent(static (ref T evt, long _, int value) => evt.Value = value, i);
        }),
        Way("translators of batches", static ring => ring.PublishEvents(static (ref T evt, long _, long value) => evt.Value = value, Values)),
    ];

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.Create(producerType, () => new T(), Size);

    [TestCaseSource(nameof(Ways))]
    public void A_handler(Action<RingBuffer<T>> publish)
    {
        Probe handler = new();
        BatchEventProcessor<T> processor = _ring.AddProcessor(handler);
        Background thread = Background.Run(processor.Run);

        Assert.That(Least(() => Publish(publish), () => handler.Round(Events)), Is.EqualTo((0L, 0L)));

        processor.Halt();
        thread.Join();
    }

    [Test]
    public void A_pool()
    {
        Probe worker = new(), other = new();
        WorkerPool<T> pool = new(_ring, [], new FatalExceptionHandler<T>(), worker, other);
        _ring.AddGatingSequences([.. pool.Sequences]);
        pool.Start(run => new Thread(run) { IsBackground = true });

        Assert.That(
            Least(() => Publish(static ring => ring.PublishMany(Batch)), () =>
            {
                Eventually.Holds(() => worker.Count + other.Count == Events, "all are handled");
                return worker.Round(worker.Count) + other.Round(other.Count);
            }),
            Is.EqualTo((0L, 0L)));

        Assert.That(pool.DrainAndHalt(), Is.True);
    }

    [Test]
    public void A_poller()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        long[] count = [0];

        (long, long) least = Least(
            () =>
            {
                for (int i = 0; i < Events / Batch; i++)
                {
                    _ring.PublishMany(Batch);
                    poller.Poll(static (ref T _, long _, bool _, long[] count) => ++count[0] > 0, count);
                }
            },
            () => 0);

        Assert.That(least, Is.EqualTo((0L, 0L)));
        Assert.That(count[0] % Events, Is.Zero);
    }

    private static TestCaseData Way(string name, Action<RingBuffer<T>> publish) => new TestCaseData(publish).SetArgDisplayNames(name);

    /// <summary>The least that the publishing thread and the handling ones have allocated in a round, after a first one that does not count.</summary>
    private static (long Published, long Handled) Least(Action publish, Func<long> allocatedByHandlers)
    {
        publish();
        _ = allocatedByHandlers();
        (long published, long handled) = (long.MaxValue, long.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            publish();
            published = Math.Min(published, GC.GetAllocatedBytesForCurrentThread() - before);
            handled = Math.Min(handled, allocatedByHandlers());
        }

        return (published, handled);
    }

    private void Publish(Action<RingBuffer<T>> publish)
    {
        for (int i = 0; i < Events / Batch; i++)
            publish(_ring);
    }

    /// <summary>What its thread has allocated from the first event of a round to the last.</summary>
    private sealed class Probe : IEventHandler<T>, IWorkHandler<T>
    {
        private long _first;
        private long _last;
        private int _count;

        public int Count => Volatile.Read(ref _count);

        /// <summary>Waits until so many events were handled, says what was allocated meanwhile, and begins a new round.</summary>
        public long Round(int events)
        {
            Eventually.Holds(() => Count == events, "the events of the round");
            long allocated = events == 0 ? 0 : _last - _first;
            Volatile.Write(ref _count, 0);
            return allocated;
        }

        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => OnEvent(ref evt, sequence);

        public void OnEvent(ref T evt, long sequence)
        {
            _last = GC.GetAllocatedBytesForCurrentThread();
            if (_count == 0)
                _first = _last;
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
