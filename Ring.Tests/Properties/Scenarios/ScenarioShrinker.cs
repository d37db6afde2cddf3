using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>Takes one thing at a time out of a scenario.</summary>
internal static class ScenarioShrinker
{
    public static IEnumerable<Scenario> Shrink(Scenario scenario) =>
        FewerStages(scenario)
            .Concat(FewerProducers(scenario))
            .Concat(Plainer(scenario))
            .Concat(FewerEvents(scenario))
            .Concat(FewerEdges(scenario))
            .Concat(Smaller(scenario))
            .Select(Valid)
            .Where(shrunk => !shrunk.Equals(scenario));

    private static IEnumerable<Scenario> FewerStages(Scenario scenario) =>
        Enumerable.Range(0, scenario.Stages.Length).Select(removed => scenario with { Stages = Without(scenario.Stages, removed) });

    private static int[][] Without(int[][] stages, int removed) =>
    [
        .. stages
            .Where((_, i) => i != removed)
            .Select(upstream => upstream.Where(i => i != removed).Select(i => i > removed ? i - 1 : i).ToArray()),
    ];

    private static IEnumerable<Scenario> FewerProducers(Scenario scenario)
    {
        if (scenario.Producers.Length == 1)
            yield break;
        for (int i = 0; i < scenario.Producers.Length; i++)
            yield return scenario with { Producers = [.. scenario.Producers.Where((_, other) => other != i)] };
    }

    private static IEnumerable<Scenario> Plainer(Scenario scenario)
    {
        yield return scenario with { Visits = 0 };
        yield return scenario with { Visits = scenario.Visits / 2 };
        yield return scenario with { FailsEvery = 0 };
        yield return scenario with { PoolEvery = 0 };
        yield return scenario with { Prefill = 0 };
        if (scenario.Producers.Length == 1)
            yield return scenario with { Type = ProducerType.Single };
        for (int i = 0; i < scenario.Producers.Length; i++)
        {
            yield return With(scenario, i, scenario.Producers[i] with { Style = ClaimStyle.Next });
            yield return With(scenario, i, scenario.Producers[i] with { Batch = 1 });
        }
    }

    private static IEnumerable<Scenario> FewerEvents(Scenario scenario) =>
        from i in Enumerable.Range(0, scenario.Producers.Length)
        let events = scenario.Producers[i].Events
        from fewer in new[] { events / 2, events - 1 }
        where fewer > 0
        select With(scenario, i, scenario.Producers[i] with { Events = fewer });

    private static IEnumerable<Scenario> FewerEdges(Scenario scenario) =>
        from stage in Enumerable.Range(0, scenario.Stages.Length)
        from upstream in scenario.Stages[stage]
        select scenario with
        {
            Stages = [.. scenario.Stages.Select((all, i) => i == stage ? [.. all.Where(other => other != upstream)] : all)],
        };

    private static IEnumerable<Scenario> Smaller(Scenario scenario) =>
        scenario.Size == 1 ? [] : [scenario with { Size = scenario.Size / 2 }];

    private static Scenario With(Scenario scenario, int index, Production production) =>
        scenario with { Producers = [.. scenario.Producers.Select((other, i) => i == index ? production : other)] };

    /// <summary>What fits the rest no more is cut.</summary>
    private static Scenario Valid(Scenario scenario) =>
        scenario with { Prefill = Math.Min(scenario.Prefill, Math.Min(scenario.Size, scenario.Producers[0].Events)) };
}
