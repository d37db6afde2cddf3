using Ring.Benchmarks.Compare.Rings;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>LMAX's topologies, with events of classes and structs, under every wait strategy; and a poller, which waits by itself.</summary>
internal static class TopologyCases
{
    private const int Workers = 3;

    public static IEnumerable<Case> All()
    {
        yield return Of(Layout.OneToOne);
        yield return new Case("topology-batch", $"One producer, one consumer, {Publish.BatchSize} events at a time", static () => ForAll(
            new RingShape(),
            static (name, shape) => RingContenders.Classes(name, shape, publish: Publish.ClassBatches),
            static (name, shape) => RingContenders.Structs(name, shape, publish: Publish.StructBatches)))
        { IsOfRingAlone = true };
        foreach (Layout layout in Layout.OfMany)
            yield return Of(layout);
        yield return new Case("topology-pool", $"One producer, a pool of {Workers} workers", static () => ForAll(
            new RingShape(),
            static (name, shape) => RingContenders.ClassPool(name, shape, Workers),
            static (name, shape) => RingContenders.StructPool(name, shape, Workers)))
        { IsOfRingAlone = true };
        yield return new Case("topology-poller", "One producer, one poller", static () => [RingContenders.Poller("class event", new RingShape())]) { IsOfRingAlone = true };
    }

    private static Case Of(Layout layout) =>
        new($"topology-{layout.Id}", layout.Title, () => ForAll(
            layout.Shape,
            (name, shape) => RingContenders.Classes(name, shape, layout.Classes),
            (name, shape) => RingContenders.Structs(name, shape, layout.Structs)))
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
