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

    public static Contender Queues<TQueue>(string name, Func<TQueue> make, QueueGraph graph)
        where TQueue : struct, IQueue =>
        new(name, events => new QueueGraphWork<TQueue>(graph, make, events));

    public static Contender Channel(string name, int? capacity, int producers = 1) =>
        new(name, events => new ChannelWork(capacity, producers, events));

    public static Contender Channels(string name, int capacity, QueueGraph graph) =>
        new(name, events => new ChannelGraphWork(graph, capacity, events));

    /// <summary>Null where it is not there.</summary>
    public LmaxContender? OnJvm(string name, RingShape shape, string strategy, Topology<ClassEvent>? topology = null, int batch = 1) =>
        lmax is null ? null : new LmaxContender(lmax, name, shape, strategy, topology, batch);
}
