using System.Text.RegularExpressions;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>Mutants that no program kills, each with the reason: the last table of docs/memory-ordering.md.</summary>
internal static partial class Survivors
{
    private static readonly Lazy<Dictionary<Weakening, string>> Reasons = new(Read);

    public static IReadOnlyCollection<Weakening> All => Reasons.Value.Keys;

    /// <summary>Why this one survives; null when it should not.</summary>
    public static string? ReasonFor(Weakening mutant) => Reasons.Value.GetValueOrDefault(mutant);

    private static Dictionary<Weakening, string> Read() =>
        RowOfMutant().Matches(Documents.ReadText("memory-ordering.md")).ToDictionary(
            row => new Weakening(row.Groups["site"].Value, Enum.Parse<WeakeningKind>(row.Groups["kind"].Value)),
            row => row.Groups["reason"].Value);

    [GeneratedRegex(@"^\| (?<kind>[A-Z][a-z]\w+) \| `(?<site>[^`]+)` \| (?<reason>.+) \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex RowOfMutant();
}
