using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Stress;

/// <summary>One point of the cross product that a stress run goes through.</summary>
internal sealed record Combination(Scenario Scenario, WaitStrategyKind Strategy, ProducerType ProducerType, int Size)
{
    private const int ManyProducers = 3;

    public static IEnumerable<Combination> All() =>
        from scenario in Scenario.All
        from strategy in Enum.GetValues<WaitStrategyKind>()
        from producerType in Enum.GetValues<ProducerType>()
        where scenario.Fits(producerType)
        from size in new[] { 1, 2, 64 }
        select new Combination(scenario, strategy, producerType, size);

    /// <summary>More than one where there may be more than one.</summary>
    public int Producers => ProducerType == ProducerType.Single || Scenario.HasOneProducer ? 1 : ManyProducers;

    public StressCase ToCase() => new(Scenario.Name, $"{Strategy} {ProducerType} {Size}", Run);

    public RingBuffer<T> NewRing<T>(Round round)
        where T : IStressEvent, new() => Tracked(round, RingBuffer.Create(ProducerType, () => new T(), Size, NewStrategy(round)));

    public Disruptor<T> NewDisruptor<T>(Round round)
        where T : IStressEvent, new()
    {
        Disruptor<T> disruptor = new(() => new T(), Size, round.NewThread, ProducerType, NewStrategy(round));
        Tracked(round, disruptor.RingBuffer);
        return disruptor;
    }

    /// <summary>In every other round, waits that are limited end all the time.</summary>
    private IWaitStrategy NewStrategy(Round round) => Strategy.Create(round.Seed % 2 == 0 ? TimeSpan.FromMilliseconds(1) : null);

    private void Run(Round round)
    {
        if (round.Number % 2 == 0)
            Scenario.Run<StressStructEvent>(round, this);
        else
            Scenario.Run<StressClassEvent>(round, this);
    }

    private static RingBuffer<T> Tracked<T>(Round round, RingBuffer<T> ring)
    {
        round.Garbage.Add(new WeakReference(ring));
        return ring;
    }
}
