namespace Ring.Tests.Properties.Scenarios;

/// <summary>How large the generated scenarios are.</summary>
/// <param name="Sizes">Of rings.</param>
/// <param name="Threads">Producers, stages and visitors together.</param>
/// <param name="Events">Of all producers together, for each slot; at least for one slot.</param>
/// <param name="MostEvents">Of all producers together.</param>
internal sealed record ScenarioLimits(int[] Sizes, int Threads, int Events, int MostEvents);
