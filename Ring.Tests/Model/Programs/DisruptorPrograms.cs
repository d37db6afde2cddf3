using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A whole disruptor, with its own threads.</summary>
internal static class DisruptorPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from strategy in StrategyCase.All
        from type in Enum.GetValues<ProducerType>()
        select new ModelProgram(
            $"{type} {strategy.Name}: shutdown against a publication",
            () => ShutDownAgainstPublication(strategy, type),
            strategy.Options,
            strategy == StrategyCase.BusySpin ? Cost.Small : strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large);

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
}
