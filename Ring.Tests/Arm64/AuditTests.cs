using Ring.Tests.Guards;

namespace Ring.Tests.Arm64;

[TestFixture]
public class AuditTests
{
    private Audit _audit = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        Crossgen.IgnoreWhereThereIsNone();
        using ScratchFolder folder = new();
        _audit = new Audit(Shipped.Core, folder);
    }

    [Test]
    public void The_code_for_ARM64_is_the_approved_one()
    {
        string received = AuditText.Of(_audit);
        string approved = Repository.ReadText("Ring.Tests", "Arm64", "Arm64.approved.txt").ReplaceLineEndings("\n");
        string path = Path.Combine(AppContext.BaseDirectory, "Arm64.received.txt");
        File.WriteAllText(path, received);

        Assert.That(received, Is.EqualTo(approved), $"""
            The code for ARM64 has changed. If it is as strong as it must be, approve it:
                cp {path} Ring.Tests/Arm64/Arm64.approved.txt
            """);
    }

    [Test]
    public void Every_site_is_implemented_by_an_operation_of_its_kind() =>
        Assert.That(
            from method in _audit.Methods
            from match in method.Matches
            from i in Enumerable.Range(0, method.Sites.Length)
            where match.Found[i] is null
            select $"{method.Name}: {method.Sites[i].Accessor}",
            Is.Empty);

    [Test]
    public void Nothing_orders_memory_that_nobody_demands() =>
        Assert.That(
            from method in _audit.Methods
            from operation in method.Unexplained
            select $"{method.Name}: {operation.Text}",
            Is.Empty);

    [Test]
    public void Ahead_of_time_too_no_access_is_lost() =>
        Assert.That(
            from method in _audit.ShippedDemands
            let compiled = _audit.Shipped.Where(compiled => compiled.Symbol == method.Key).SelectMany(compiled => compiled.Operations).ToArray()
            from sites in method.Value.GroupBy(site => site.Kind)
            where sites.Key != OrderKind.None && compiled.Count(operation => sites.Any(site => Implements(operation, site))) < sites.Count()
            select $"{method.Key}: {sites.Key}",
            Is.Empty);

    /// <summary>An accessor that was not inlined has its operation in itself.</summary>
    private static bool Implements(Operation operation, Site site) =>
        operation.Kind == site.Kind || operation.Text.EndsWith(site.Accessor[site.Accessor.IndexOf('.')..], StringComparison.Ordinal);
}
