using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>Who takes part in a run: producers, and stages that stand in any relation to each other.</summary>
/// <param name="Type">Of the ring.</param>
/// <param name="Size">Of the ring.</param>
/// <param name="Producers">One, or more of them if the type allows it.</param>
/// <param name="Stages">For each consumer the numbers of those, all less than its own, that it comes after.</param>
internal sealed record Scenario(ProducerType Type, int Size, Production[] Producers, int[][] Stages)
{
    public const int WorkersOfPool = 2;

    /// <summary>Events of the first producer that are published before anybody runs: at most so many as there are slots.</summary>
    public int Prefill { get; init; }

    /// <summary>The handlers throw at every so manieth sequence; 0 is never.</summary>
    public int FailsEvery { get; init; }

    /// <summary>Every so manieth stage, from the first on, is a pool of workers; 0 is none.</summary>
    public int PoolEvery { get; init; }

    /// <summary>Consumers that join while the others run, and leave after some events, one after the other.</summary>
    public int Visits { get; init; }

    /// <summary>All sequences that are claimed.</summary>
    public int Total => Producers.Sum(producer => producer.Events);

    /// <summary>The stages after which no other comes.</summary>
    public IEnumerable<int> Leaves => Enumerable.Range(0, Stages.Length).Where(i => !Stages.Any(upstream => upstream.Contains(i)));

    public bool IsPool(int stage) => PoolEvery > 0 && stage % PoolEvery == 0;

    public bool Fails(long sequence) => FailsEvery > 0 && sequence % FailsEvery == 0;

    public bool Equals(Scenario? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() =>
        $"{Type} ring of size {Size}, producers ({string.Join(", ", (IEnumerable<Production>)Producers)})"
        + (Stages.Length == 0 ? ", no stage" : $", stages {string.Join(' ', Stages.Select(Describe))}")
        + (Prefill > 0 ? $", {Prefill} before the start" : "")
        + (FailsEvery > 0 ? $", handlers throw at every {FailsEvery}." : "")
        + (PoolEvery > 0 ? $", every {PoolEvery}. stage is a pool of {WorkersOfPool}" : "")
        + (Visits > 0 ? $", {Visits} visits" : "");

    private static string Describe(int[] upstream, int stage) =>
        upstream.Length == 0 ? $"{stage}" : $"{stage}<-[{string.Join(' ', upstream)}]";
}
