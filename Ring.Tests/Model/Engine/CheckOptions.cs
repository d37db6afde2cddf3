namespace Ring.Tests.Model.Engine;

/// <summary>How a program is checked.</summary>
public sealed record CheckOptions
{
    public SearchMode Mode { get; init; } = SearchMode.Exhaustive;

    public bool UsesStateCache { get; init; } = true;

    public bool UsesSleepSets { get; init; } = true;

    /// <summary>Whether accesses that no other thread can meet go without a scheduling point.</summary>
    public bool PassesPrivateAccesses { get; init; } = true;

    /// <summary>False for interleavings alone: every load reads the newest value. To show what a checker without weak memory misses.</summary>
    public bool AllowsStaleReads { get; init; } = true;

    public TimeoutRule Timeouts { get; init; } = TimeoutRule.LastResort;

    public int EarlyTimeouts { get; init; } = 1;

    /// <summary>
    /// How often a spinning thread may look again although nothing is new: its phases, for loops that change their behaviour
    /// with the number of looks.
    /// </summary>
    public int FruitlessSpins { get; init; }

    /// <summary>Operations in one execution; more is a loop without a spin hint.</summary>
    public int MaxSteps { get; init; } = 5_000;

    public long MaxExecutions { get; init; } = long.MaxValue;

    /// <summary>Enough for whatever comes to its end, on a machine that has much else to do: no test is one of speed.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    public int Seed { get; init; } = 1;

    /// <summary>For <see cref="SearchMode.Priorities"/>.</summary>
    public int PriorityChanges { get; init; } = 3;

    /// <summary>The mutant to run instead of the program as it is.</summary>
    public Weakening? Weakening { get; init; }

    /// <summary>Collects the mutants that the executed sites allow.</summary>
    public ISet<Weakening>? Sites { get; init; }

    /// <summary>The decisions of one failed execution, to see that one again and no other.</summary>
    public string? Replay { get; init; }
}
