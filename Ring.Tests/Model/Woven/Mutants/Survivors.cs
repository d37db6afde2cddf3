using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>Mutants that no program can kill, each with the reason.</summary>
internal static class Survivors
{
    private static readonly Dictionary<Weakening, string> Reasons = [];

    /// <summary>Why this one survives; null when it should not.</summary>
    public static string? ReasonFor(Weakening mutant) => Reasons.GetValueOrDefault(mutant);
}
