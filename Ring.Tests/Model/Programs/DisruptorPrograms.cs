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
                bool isLarge = strategy == StrategyCase.BusySpin && type is ProducerType.Single;
                yield return Create("shutdown against a publication", () => ShutDownAgainstPublication(strategy, type), isLarge ? Cost.Large : null);
                yield return Create("shutdown against a handler that halts", () => ShutDownAgainstHalt(strategy, type));
                yield return Create("shutdown against a handler that dies", () => ShutDownAgainstDeath(strategy, type));

                if (strategy == StrategyCase.BusySpin)
                {
                    yield return Create("a handler is added against a shutdown", () => AddAgainstShutdown(strategy, type), Cost.Endless);
                    yield return Create("a handler is removed, a producer waits", () => RemoveBesideProducer(strategy, type), Cost.Endless);
                }

                ModelProgram Create(string name, Action body, Cost? cost = null) =>
                    new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost ?? CostWith(strategy));
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

    /// <summary>It returns, and says that an event is left.</summary>
    private static void ShutDownAgainstDeath(StrategyCase strategy, ProducerType type)
    {
        using Disruptor<ModelEvent> disruptor = new(() => new ModelEvent(), 2, producerType: type, waitStrategy: strategy.Create());
        disruptor.HandleEventsWith(new ModelHandler { AfterEvent = _ => throw new PlantedException() });
        RingBuffer<ModelEvent> ring = disruptor.Start();
        long sequence = ring.Next();
        ring[sequence].Fill(1);
        ring.Publish(sequence);
        Machine.Require(!disruptor.Shutdown(), "an event is left");
        Machine.Require(ring.CloseCause is PlantedException, "the ring says why");
    }

    /// <summary>Who was added handles everything before the shutdown returns; who was not is told so.</summary>
    private static void AddAgainstShutdown(StrategyCase strategy, ProducerType type)
    {
        using Disruptor<ModelEvent> disruptor = new(() => new ModelEvent(), 2, producerType: type, waitStrategy: strategy.Create());
        RingBuffer<ModelEvent> ring = disruptor.Start();
        ModelHandler late = new();
        bool added = false;
        ModelThread adder = Machine.Start(
            () =>
            {
                try
                {
                    disruptor.AddHandler(late);
                    added = true;
                    if (ring.TryNext(out long sequence))
                        ring.Publish(sequence);
                }
                catch (Exception exception) when (exception is RingClosedException or InvalidOperationException)
                {
                    // Too late.
                }
            },
            "adder");
        Machine.Require(disruptor.Shutdown(), "all is handled");
        Machine.Join(adder);
        Machine.Require(late.Values.Count == ring.Cursor + 1, "who was added has handled everything");
        Machine.Require(added || late.Values.Count == 0, "who was refused has not run");
    }

    /// <summary>It handles what was published before; the producer goes on without it.</summary>
    private static void RemoveBesideProducer(StrategyCase strategy, ProducerType type)
    {
        using Disruptor<ModelEvent> disruptor = new(() => new ModelEvent(), 1, producerType: type, waitStrategy: strategy.Create());
        ModelHandler leaving = new();
        disruptor.HandleEventsWith(leaving);
        RingBuffer<ModelEvent> ring = disruptor.Start();
        Publish(ring);
        ModelThread remover = Machine.Start(
            () => Machine.Require(disruptor.RemoveHandler(leaving, Timeout.InfiniteTimeSpan) == 0, "all is handled"),
            "remover");
        Publish(ring);
        Machine.Join(remover);
        Machine.Require(leaving.Values.SequenceEqual(Enumerable.Range(0, leaving.Values.Count).Select(i => (long)i)), "the first events");
        Machine.Require(leaving.Values.Count > 0, "that which was published before");
        Machine.Require(disruptor.Shutdown(), "nobody is left");
    }

    private static void Publish(RingBuffer<ModelEvent> ring)
    {
        long sequence = ring.Next();
        ring[sequence].Fill(sequence);
        ring.Publish(sequence);
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
