using Ring.Benchmarks.Compare.Java;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Micro;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>Ring beside every queue that one would pick, on the same work.</summary>
/// <param name="lmax">LMAX's Disruptor, if it is there.</param>
internal sealed class PeerCases(Lmax? lmax)
{
    private const int Size = 65_536;

    public IEnumerable<Case> All()
    {
        yield return new Case("one-to-one", "One producer, one consumer", OneToOne);
        yield return new Case("one-to-one-multi", "One producer, one consumer, a ring for several producers", OneToOneMulti);
        yield return new Case("one-to-one-blocking", "One producer, one consumer, which sleeps when there is nothing to do", OneToOneBlocking);
        yield return new Case("batch", $"One producer, one consumer, {Publish.BatchSize} events at a time", Batches);
        yield return new Case("two-to-one-blocking", "Two producers, one consumer, which sleeps when there is nothing to do", TwoToOneBlocking);
    }

    private IEnumerable<IContender?> OneToOne() =>
    [
        RingContenders.Classes(Names.RingClass, new RingShape()),
        RingContenders.Structs("Ring, struct event", new RingShape()),
        RingContenders.StructHandler<StructEvent>(Names.RingStructHandler, new RingShape()),
        new Contender(Names.Bare, static events => new BareRingWork(Size, batch: 1, events)),
        Queue(Names.ConcurrentQueue, static () => new SpinningConcurrentQueue()),
        Channel(Names.BoundedChannel, Size),
        Channel("Channel, unbounded", capacity: null),
        Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null)),
        Queue("BlockingCollection, bounded", static () => new BlockingCollectionQueue(Size)),
        OnJvm(Names.LmaxBusySpin, new RingShape(), "BusySpin"),
    ];

    private IEnumerable<IContender?> OneToOneMulti()
    {
        RingShape shape = new() { ProducerType = ProducerType.Multi };
        return
        [
            RingContenders.Classes(Names.RingMulti, shape),
            RingContenders.StructHandler<StructEvent>("Ring, multi, struct event and handler", shape),
            OnJvm(Names.LmaxMulti, shape, "BusySpin"),
        ];
    }

    private IEnumerable<IContender?> OneToOneBlocking()
    {
        RingShape shape = new() { Strategy = Strategies.Blocking };
        return
        [
            RingContenders.Classes(Names.RingBlocking, shape),
            RingContenders.Classes("Ring, LiteBlocking", shape with { Strategy = static () => new LiteBlockingWaitStrategy() }),
            OnJvm(Names.LmaxBlocking, shape, "Blocking"),
            Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null)),
            Channel(Names.BoundedChannel, Size),
        ];
    }

    private IEnumerable<IContender?> Batches() =>
    [
        RingContenders.StructHandler<StructEvent>(Names.RingStructHandler, new RingShape(), Publish.StructBatches),
        RingContenders.Classes(Names.RingClass, new RingShape(), publish: Publish.ClassBatches),
        new Contender(Names.BareBatch, static events => new BareRingWork(Size, Publish.BatchSize, events)),
        OnJvm(Names.LmaxBusySpin, new RingShape(), "BusySpin", Publish.BatchSize),
    ];

    private IEnumerable<IContender?> TwoToOneBlocking()
    {
        RingShape shape = new() { ProducerType = ProducerType.Multi, Producers = 2, Strategy = Strategies.Blocking };
        return
        [
            RingContenders.Classes(Names.RingBlocking, shape),
            OnJvm(Names.LmaxBlocking, shape, "Blocking"),
            Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null), producers: 2),
            Queue("BlockingCollection, bounded", static () => new BlockingCollectionQueue(Size), producers: 2),
            Channel(Names.BoundedChannel, Size, producers: 2),
            Queue(Names.ConcurrentQueue, static () => new SpinningConcurrentQueue(), producers: 2),
        ];
    }

    private static Contender Queue<TQueue>(string name, Func<TQueue> make, int producers = 1)
        where TQueue : struct, IQueue =>
        new(name, events => new QueueWork<TQueue>(make(), producers, events));

    private static Contender Channel(string name, int? capacity, int producers = 1) =>
        new(name, events => new ChannelWork(capacity, producers, events));

    private LmaxContender? OnJvm(string name, RingShape shape, string strategy, int batch = 1) =>
        lmax is null ? null : new LmaxContender(lmax, name, shape, strategy, batch);
}
