using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A whole disruptor, with its own threads.</summary>
internal static class DisruptorPrograms
{
    public static IEnumerable<ModelProgram> Get()
    {
        foreach (StrategyCase strategy in StrategyCase.Distinct)
        {
            foreach (ProducerType type in Enum.GetValues<ProducerType>())
            {
                yield return Create("shutdown against a publication", () => ShutDownAgainstPublication(strategy, type));
                yield return Create("shutdown against a handler that halts", () => ShutDownAgainstHalt(strategy, type));

                ModelProgram Create(string name, Action body) => new($"{type} {strategy.Name}: {name}", body, strategy.Options, CostWith(strategy));
            }
        }
    }

    private static Cost CostWith(StrategyCase strategy) =>
        strategy == StrategyCase.BusySpin ? Cost.Small : strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large;

    /// <summary>What was claimed before the ring closed is handled before the shutdown returns; the rest is refused.</summary>
    private static void ShutDownAgainstPublication(StrategyCase strategy, ProducerType type)
    {
        using Disruptor<ModelEvent> disruptor = new(() => new ModelEvent(), 2, producerType: type, waitStrategy: strategy.Create());
        ModelHandler handler = new();
        disruptor.HandleEventsWith(handler);
        RingBuffer<ModelEvent> ring = disruptor.Start();
        int published = 0;
        ModelThread producer = Machine.Start(
            () =>
            {
                if (!ring.TryNext(out long sequence))
                    return;
                ring[sequence].Fill(1);
                ring.Publish(sequence);
                published++;
            },
            "producer");
        Machine.Require(disruptor.Shutdown(), "all is handled");
        int handled = handler.Values.Count;
        Machine.Join(producer);
        Machine.Require(handled == published, "nothing is published that is not handled");
    }

    /// <summary>A thread that has ended leaves its last position behind, and whoever sees the end must see that.</summary>
    private static void ShutDownAgainstHalt(StrategyCase strategy, ProducerType type)
    {
        using Disruptor<ModelEvent> disruptor = new(() => new ModelEvent(), 2, producerType: type, waitStrategy: strategy.Create());
        disruptor.HandleEventsWith(new ModelHandler { AfterEvent = _ => disruptor.Halt() });
        RingBuffer<ModelEvent> ring = disruptor.Start();
        ring.Publish(ring.Next());
        Machine.Require(disruptor.Shutdown(), "all was handled, whoever halted");
    }
}
