using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>Ring beside every queue that one would pick, on the same work.</summary>
internal sealed class PeerCases(PeerContenders peers)
{
    private const int Size = RingShape.UsualSize;

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
        PeerContenders.Queue(Names.ConcurrentQueue, static () => new SpinningConcurrentQueue()),
        PeerContenders.Channel(Names.BoundedChannel, Size),
        PeerContenders.Channel(Names.UnboundedChannel, capacity: null),
        PeerContenders.Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null)),
        PeerContenders.Queue(Names.BoundedBlockingCollection, static () => new BlockingCollectionQueue(Size)),
        peers.OnJvm(Names.LmaxBusySpin, new RingShape(), "BusySpin"),
    ];

    private IEnumerable<IContender?> OneToOneMulti()
    {
        RingShape shape = new() { ProducerType = ProducerType.Multi };
        return
        [
            RingContenders.Classes(Names.RingMulti, shape),
            RingContenders.StructHandler<StructEvent>("Ring, multi, struct event and handler", shape),
            peers.OnJvm(Names.LmaxMulti, shape, "BusySpin"),
        ];
    }

    private IEnumerable<IContender?> OneToOneBlocking()
    {
        RingShape shape = new() { Strategy = Strategies.Blocking };
        return
        [
            RingContenders.Classes(Names.RingBlocking, shape),
            RingContenders.Classes(Names.RingLiteBlocking, shape with { Strategy = Strategies.LiteBlocking }),
            peers.OnJvm(Names.LmaxBlocking, shape, "Blocking"),
            PeerContenders.Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null)),
            PeerContenders.Channel(Names.BoundedChannel, Size),
        ];
    }

    private IEnumerable<IContender?> Batches() =>
    [
        RingContenders.StructHandler<StructEvent>(Names.RingStructHandler, new RingShape(), Publish.StructBatches),
        RingContenders.Classes(Names.RingClass, new RingShape(), publish: Publish.ClassBatches),
        new Contender(Names.BareBatch, static events => new BareRingWork(Size, Publish.BatchSize, events)),
        peers.OnJvm(Names.LmaxBusySpin, new RingShape(), "BusySpin", batch: Publish.BatchSize),
    ];

    private IEnumerable<IContender?> TwoToOneBlocking()
    {
        RingShape shape = new() { ProducerType = ProducerType.Multi, Producers = 2, Strategy = Strategies.Blocking };
        return
        [
            RingContenders.Classes(Names.RingBlocking, shape),
            peers.OnJvm(Names.LmaxBlocking, shape, "Blocking"),
            .. PeerContenders.Waiting(producers: 2),
            PeerContenders.Queue(Names.ConcurrentQueue, static () => new SpinningConcurrentQueue(), producers: 2),
        ];
    }
}
