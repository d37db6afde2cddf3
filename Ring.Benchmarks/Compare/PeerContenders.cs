using Ring.Benchmarks.Compare.Java;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;

namespace Ring.Benchmarks.Compare;

/// <summary>What stands beside Ring.</summary>
/// <param name="lmax">LMAX's Disruptor, if it is there.</param>
internal sealed class PeerContenders(Lmax? lmax)
{
    public static Contender Queue<TQueue>(string name, Func<TQueue> make, int producers = 1)
        where TQueue : struct, IQueue =>
        new(name, events => new QueueWork<TQueue>(make(), producers, events));

    public static Contender Channel(string name, int? capacity, int producers = 1) =>
        new(name, events => new ChannelWork(capacity, producers, events));

    /// <summary>Those that sleep when there is nothing to do, with one consumer.</summary>
    public static IEnumerable<IContender> Waiting(int producers) =>
    [
        Queue(Names.BlockingCollection, static () => new BlockingCollectionQueue(null), producers),
        Queue(Names.BoundedBlockingCollection, static () => new BlockingCollectionQueue(RingShape.UsualSize), producers),
        Channel(Names.BoundedChannel, RingShape.UsualSize, producers),
    ];

    /// <summary>The same, with one producer and a graph of consumers.</summary>
    public static IEnumerable<IContender> Waiting(QueueGraph graph) =>
    [
        Queues(Names.BlockingCollection, static () => new BlockingCollectionQueue(null), graph),
        Queues(Names.BoundedBlockingCollection, static () => new BlockingCollectionQueue(RingShape.UsualSize), graph),
        new Contender(Names.BoundedChannel, events => new ChannelGraphWork(graph, RingShape.UsualSize, events)),
    ];

    /// <summary>Null where it is not there.</summary>
    public LmaxContender? OnJvm(string name, RingShape shape, string strategy, Topology<ClassEvent>? topology = null, int batch = 1) =>
        lmax is null ? null : new LmaxContender(lmax, name, shape, strategy, topology, batch);

    private static Contender Queues<TQueue>(string name, Func<TQueue> make, QueueGraph graph)
        where TQueue : struct, IQueue =>
        new(name, events => new QueueGraphWork<TQueue>(graph, make, events));
}
