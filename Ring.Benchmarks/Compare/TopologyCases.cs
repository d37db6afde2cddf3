using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Micro;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>LMAX's topologies, with events of classes and structs, under every wait strategy.</summary>
internal static class TopologyCases
{
    private const int Three = 3;

    public static IEnumerable<Case> All()
    {
        yield return Of("topology-one-to-one", "One producer, one consumer", new RingShape(), Topology<ClassEvent>.One, Topology<StructEvent>.One);
        yield return new Case("topology-batch", $"One producer, one consumer, {Publish.BatchSize} events at a time", static () => ForAll(
            new RingShape(),
            static (name, shape) => RingContenders.Classes(name, shape, publish: Publish.ClassBatches),
            static (name, shape) => RingContenders.Structs(name, shape, publish: Publish.StructBatches)))
        { IsOfRingAlone = true };
        yield return Of("topology-pipeline", "One producer, three consumers in a row", new RingShape(), Topology<ClassEvent>.Pipeline, Topology<StructEvent>.Pipeline);
        yield return Of(
            "topology-one-to-three", "One producer, three consumers side by side", new RingShape(),
            Topology<ClassEvent>.Parallel(Three), Topology<StructEvent>.Parallel(Three));
        yield return Of(
            "topology-diamond", "One producer, two consumers side by side, one behind both", new RingShape(),
            Topology<ClassEvent>.Diamond, Topology<StructEvent>.Diamond);
        yield return Of("topology-three-to-one", "Three producers, one consumer", FromThree, Topology<ClassEvent>.One, Topology<StructEvent>.One);
        yield return Of(
            "topology-three-to-three", "Three producers, three consumers side by side", FromThree,
            Topology<ClassEvent>.Parallel(Three), Topology<StructEvent>.Parallel(Three));
        yield return new Case("topology-pool", "One producer, a pool of three workers", static () => ForAll(
            new RingShape(),
            static (name, shape) => RingContenders.ClassPool(name, shape, Three),
            static (name, shape) => RingContenders.StructPool(name, shape, Three)))
        { IsOfRingAlone = true };
        yield return new Case("topology-poller", "One producer, one poller", static () => [RingContenders.Poller("class event", new RingShape())]) { IsOfRingAlone = true };
    }

    private static RingShape FromThree { get; } = new() { ProducerType = ProducerType.Multi, Producers = Three };

    private static Case Of(string id, string title, RingShape shape, Topology<ClassEvent> classes, Topology<StructEvent> structs) =>
        new(id, title, () => ForAll(
            shape,
            (name, each) => RingContenders.Classes(name, each, classes),
            (name, each) => RingContenders.Structs(name, each, structs)))
        { IsOfRingAlone = true };

    private static IEnumerable<IContender> ForAll(
        RingShape shape, Func<string, RingShape, IContender> classes, Func<string, RingShape, IContender> structs)
    {
        foreach ((string name, Func<IWaitStrategy> make) in Strategies.All)
        {
            RingShape own = shape with { Strategy = make };
            yield return classes($"{name}, class event", own);
            yield return structs($"{name}, struct event", own);
        }
    }
}
