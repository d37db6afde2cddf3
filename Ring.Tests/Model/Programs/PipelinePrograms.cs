using Ring.Core;

namespace Ring.Tests.Model.Programs;

/// <summary>The matrix: every strategy with every producer type in every shape, at sizes at which everything wraps.</summary>
internal static class PipelinePrograms
{
    public static IEnumerable<ModelProgram> Get() =>
    [
        .. StrategyCase.All.SelectMany(GetSmall),
        .. StrategyCase.All.SelectMany(GetFull),
        .. ((StrategyCase[])[StrategyCase.BusySpin, StrategyCase.Blocking, StrategyCase.TimeoutBlocking]).SelectMany(GetLarge),
    ];

    /// <summary>What is feasible for every strategy.</summary>
    private static IEnumerable<ModelProgram> GetSmall(StrategyCase strategy)
    {
        // A timeout at any moment multiplies everything.
        Cost larger = strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large;
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            Pipeline small = new(strategy, type, Size: 1);
            Pipeline pipeline = new(strategy, type, Size: 2);
            Pipeline two = pipeline with { Consumers = 2, Events = 1 };
            yield return small.ToProgram(strategy.Cost);
            yield return (small with { Prefill = 1, Events = 1 }).ToProgram(strategy.Cost);
            yield return pipeline.ToProgram(strategy.Cost);
            yield return (pipeline with { Prefill = 2, Events = 1 }).ToProgram(strategy.Cost);
            yield return (pipeline with { Prefill = 2 }).ToProgram(strategy.Cost);
            yield return (pipeline with { Batch = 2 }).ToProgram(strategy.Cost);
            yield return (pipeline with { Prefill = 1, Batch = 2 }).ToProgram(strategy.Cost);
            yield return (small with { Prefill = 1, Events = 1, Tries = true }).ToProgram(strategy.Cost);
            yield return (pipeline with { Events = 3 }).ToProgram(larger);
            yield return two.ToProgram(larger);
            yield return (two with { Topology = Topology.Chain }).ToProgram(larger);
        }

        yield return new Pipeline(strategy, ProducerType.Multi, Size: 2) { Producers = 2, Events = 1 }.ToProgram(larger);
    }

    /// <summary>Two on one side, and the ring wraps, for every strategy.</summary>
    private static IEnumerable<ModelProgram> GetFull(StrategyCase strategy)
    {
        Cost cost = CostOfLarge(strategy);
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            Pipeline two = new(strategy, type, Size: 1) { Consumers = 2, Events = 1, Prefill = 1 };
            yield return two.ToProgram(cost);
            yield return (two with { Size = 2, Prefill = 2, Topology = Topology.Chain }).ToProgram(cost);
        }

        Pipeline multi = new(strategy, ProducerType.Multi, Size: 1) { Producers = 2, Events = 1 };
        yield return multi.ToProgram(cost);
        yield return (multi with { Prefill = 1 }).ToProgram(Cost.Endless);
    }

    /// <summary>The same at the other size, more events, and two on both sides.</summary>
    private static IEnumerable<ModelProgram> GetLarge(StrategyCase strategy)
    {
        Cost cost = CostOfLarge(strategy);
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            Pipeline parallel = new(strategy, type, Size: 2) { Consumers = 2, Events = 1, Prefill = 2 };
            Pipeline chain = parallel with { Topology = Topology.Chain };
            yield return parallel.ToProgram(cost);
            yield return (chain with { Size = 1, Prefill = 1 }).ToProgram(cost);
            yield return (chain with { Prefill = 0, Events = 2 }).ToProgram(cost);
        }

        Pipeline multi = new(strategy, ProducerType.Multi, Size: 2) { Producers = 2, Events = 1 };
        yield return (multi with { Consumers = 0, Size = 1 }).ToProgram(strategy.Cost);
        yield return (multi with { Consumers = 0, Size = 1, Prefill = 1 }).ToProgram(strategy.Cost);
        yield return (multi with { Consumers = 0, Size = 1, Prefill = 1, Events = 2 }).ToProgram(Cost.Endless);
        yield return (multi with { Prefill = 2 }).ToProgram(Cost.Endless);
        yield return (multi with { Consumers = 2 }).ToProgram(Cost.Endless);
        yield return (multi with { Consumers = 2, Topology = Topology.Chain }).ToProgram(Cost.Endless);
    }

    private static Cost CostOfLarge(StrategyCase strategy) => strategy == StrategyCase.BusySpin ? Cost.Large : Cost.Endless;
}
