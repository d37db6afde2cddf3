using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Strategies that users write, by the rules in docs/wait-strategies.md.</summary>
internal static class OwnStrategyPrograms
{
    private static IEnumerable<StrategyCase> Strategies =>
    [
        new("own that locks", () => new LockingWaitStrategy(), new CheckOptions()),
        new("own that announces", () => new AnnouncingWaitStrategy(Machine.Fence, Machine.Fence), new CheckOptions()),
    ];

    public static IEnumerable<ModelProgram> Get()
    {
        foreach (StrategyCase strategy in Strategies)
        {
            yield return new($"{strategy.Name}: a barrier over a sequence that moves", () => BarrierOverMove(strategy.Create()), strategy.Options);
            foreach (ProducerType type in Enum.GetValues<ProducerType>())
                yield return new Pipeline(strategy, type, Size: 1).ToProgram();
        }
    }

    /// <summary>Whoever moves the sequence either is heard, or has moved it before the look.</summary>
    private static void BarrierOverMove(IWaitStrategy strategy)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.CreateSingleProducer(() => new ModelEvent(), 2, strategy);
        Sequence sequence = new();
        ModelThread mover = Machine.Start(() => sequence.Set(0), "mover");
        Machine.Require(ring.NewBarrier(sequence).WaitFor(0).Sequence == 0, "the move is seen");
        Machine.Join(mover);
    }
}
