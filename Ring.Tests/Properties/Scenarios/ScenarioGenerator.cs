using FsCheck;
using FsCheck.Fluent;
using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>Makes scenarios, and smaller ones of those that fail.</summary>
internal static class ScenarioGenerator
{
    /// <summary>Shrinking ends then: a scenario that hangs takes a deadline for each attempt. Milliseconds.</summary>
    private const int MostShrinking = 60_000;

    public static Arbitrary<Scenario> For(ScenarioLimits limits)
    {
        long begun = 0;
        return Arb.From(Generate(limits), Shrink);

        IEnumerable<Scenario> Shrink(Scenario scenario)
        {
            if (begun == 0)
                begun = Environment.TickCount64;
            return ScenarioShrinker.Shrink(scenario).TakeWhile(_ => Environment.TickCount64 - begun < MostShrinking);
        }
    }

    /// <remarks>Without a stage nobody gates but the visitors: then producers have only each other to wait for.</remarks>
    private static Gen<Scenario> Generate(ScenarioLimits limits) =>
        from size in Gen.Elements(limits.Sizes)
        from type in Gen.Elements(ProducerType.Single, ProducerType.Multi)
        from visits in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        let threads = limits.Threads - (visits > 0 ? 1 : 0)
        from producers in type is ProducerType.Single ? Gen.Constant(1) : Gen.Choose(1, Math.Min(3, threads - 1))
        from productions in Gen.CollectToArray(Enumerable.Range(0, producers), _ => GenerateProduction(limits, size, producers))
        from stages in Gen.Choose(0, threads - producers)
        from graph in Gen.CollectToArray(Enumerable.Range(0, stages), stage => GenerateUpstream(stage))
        from prefill in Gen.Choose(0, Math.Min(size, productions[0].Events))
        from failsEvery in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        from poolEvery in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        let scenario = new Scenario(type, size, productions, graph) { Prefill = prefill, FailsEvery = failsEvery, Visits = visits }
        select AsMuchAsFits(scenario with { PoolEvery = stages == 0 ? 0 : poolEvery }, threads);

    /// <summary>Pools have more threads than other stages.</summary>
    private static Scenario AsMuchAsFits(Scenario scenario, int threads)
    {
        int pools = Enumerable.Range(0, scenario.Stages.Length).Count(scenario.IsPool);
        int used = scenario.Producers.Length + scenario.Stages.Length + (pools * (Scenario.WorkersOfPool - 1));
        return used <= threads ? scenario : scenario with { PoolEvery = 0 };
    }

    private static Gen<Production> GenerateProduction(ScenarioLimits limits, int size, int producers) =>
        from events in Gen.Choose(1, Math.Max(1, Math.Min(limits.Events * size, limits.MostEvents) / producers))
        from batch in Gen.Choose(1, Math.Min(size, 5))
        from style in Gen.Elements(ClaimStyle.Next, ClaimStyle.TryNext, ClaimStyle.Scope)
        select new Production(events, batch, style);

    private static Gen<int[]> GenerateUpstream(int stage) =>
        from chosen in Gen.Elements(true, false).ArrayOf(stage)
        select Enumerable.Range(0, stage).Where(other => chosen[other]).ToArray();
}
