namespace Ring.Tests.Arm64;

/// <summary>Which operation of a compiled method implements which site: of each kind the first the first, by address.</summary>
internal sealed class SiteMatch
{
    private readonly List<Operation> _rest;

    public SiteMatch(Site[] sites, Operation[] operations)
    {
        _rest = [.. operations.Where(operation => operation.Kind != OrderKind.None)];
        Found = [.. sites.Select(Take)];
    }

    /// <summary>For each site its operation; null when there is none that gives what the site demands.</summary>
    public Operation?[] Found { get; }

    /// <summary>What the compiler wrote besides: an access that stands twice, or an operation that nobody demands.</summary>
    public IReadOnlyList<Operation> Rest => _rest;

    private Operation? Take(Site site)
    {
        if (site.Kind == OrderKind.None)
            return new(OrderKind.None, "nothing");
        Operation? found = _rest.Find(operation => operation.Kind == site.Kind);
        if (found is not null)
            _rest.Remove(found);
        return found;
    }
}
