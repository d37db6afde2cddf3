using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>Graphs as a disruptor can be given them: each stage comes after all of the layer before.</summary>
internal static class Layers
{
    public static Scenario Of(Scenario scenario)
    {
        int[] layers = new int[scenario.Stages.Length];
        for (int stage = 0; stage < layers.Length; stage++)
            layers[stage] = scenario.Stages[stage].Select(upstream => layers[upstream] + 1).Append(0).Max();
        Array.Sort(layers);
        return scenario with { Stages = Array.ConvertAll(layers, layer => Before(layers, layer)), Visits = 0 };
    }

    private static int[] Before(int[] layers, int layer) =>
        [.. Enumerable.Range(0, layers.Length).Where(stage => layers[stage] == layer - 1)];
}
