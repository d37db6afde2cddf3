namespace Ring.Tests.Model.Programs;

/// <summary>How two consumers stand to each other.</summary>
internal enum Topology
{
    /// <summary>Both right behind the producers.</summary>
    Parallel,

    /// <summary>Each behind the one before.</summary>
    Chain,
}
