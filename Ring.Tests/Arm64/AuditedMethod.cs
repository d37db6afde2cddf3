namespace Ring.Tests.Arm64;

/// <summary>A compiled method with the sites that it has in the source.</summary>
/// <param name="Name">As in the source, with a mark when it is compiled for a struct.</param>
/// <param name="Sites">In the order of the source.</param>
/// <param name="Matches">For each instruction set what implements them.</param>
internal sealed record AuditedMethod(string Name, Site[] Sites, SiteMatch[] Matches)
{
    public bool IsForStruct => Name.EndsWith(CoreAssembly.ForStruct, StringComparison.Ordinal);

    /// <summary>Operations that are neither a site's nor of the kind of one: nobody has asked for them.</summary>
    public IEnumerable<Operation> Unexplained =>
        from match in Matches
        from operation in match.Rest
        where !Sites.Any(site => site.Kind == operation.Kind)
        select operation;
}
