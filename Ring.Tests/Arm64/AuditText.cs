namespace Ring.Tests.Arm64;

/// <summary>The table that is held against the approved one.</summary>
internal static class AuditText
{
    public static string Of(Audit audit) => string.Concat(Lines(audit).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Audit audit) =>
    [
        $"# Ring.Core on ARM64 as crossgen2 {Crossgen.Version} compiles it. How to read this: docs/arm64.md.",
        "",
        "## Sites by what implements them, in code for classes",
        $"# {string.Join(" | ", Audit.InstructionSets)}",
        "",
        .. Totals([.. audit.Methods.Where(method => !method.IsForStruct)]),
        "",
        "## Sites, with the accessors inlined and nothing else",
        $"# {string.Join(" | ", Audit.InstructionSets)}",
        .. audit.Methods.SelectMany(Sites),
        "",
        "## Compiled ahead of time, with all that is inlined, in the order of addresses",
        $"# {Audit.ShippedInstructionSet}",
        "",
        .. audit.Shipped.Where(method => method.Operations.Length > 0).Select(AsShipped),
    ];

    private static IEnumerable<string> Totals(AuditedMethod[] methods) =>
    [
        .. from method in methods
           from i in Enumerable.Range(0, method.Sites.Length)
           group method by (method.Sites[i].Kind, Row: Implementations(method, i)) into same
           orderby same.Key.Kind, same.Key.Row
           select $"    {same.Count(),3}  {same.Key.Kind,-15}  {same.Key.Row}",
        $"    {methods.Sum(method => method.Sites.Length),3}  in {methods.Length} methods",
    ];

    private static IEnumerable<string> Sites(AuditedMethod method) =>
    [
        "",
        method.Name,
        .. method.Sites.Select((site, i) => $"    {site.Accessor,-31}  {Implementations(method, i)}"),
        .. Enumerable.Range(0, method.Matches.Max(match => match.Rest.Count)).Select(i => $"    {"(once more)",-31}  {Rest(method, i)}"),
    ];

    private static string AsShipped(CompiledMethod method) =>
        $"{method.Symbol}: {string.Join(", ", method.Operations.Select(operation => operation.Text))}";

    private static string Implementations(AuditedMethod method, int site) =>
        string.Join(" | ", method.Matches.Select(match => match.Found[site]?.Text ?? "MISSING"));

    private static string Rest(AuditedMethod method, int index) =>
        string.Join(" | ", method.Matches.Select(match => match.Rest.ElementAtOrDefault(index)?.Text ?? "-"));
}
