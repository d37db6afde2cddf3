namespace Ring.Tests.Guards;

/// <summary>The table of properties in docs/correctness.md names tests that exist.</summary>
[TestFixture]
public class PropertyTableTests
{
    private const int Properties = 27;

    private static readonly TestTable Table = new("correctness.md", "P");

    [Test]
    public void Every_property_has_its_row() =>
        Assert.That(Table.Rows.Select(row => row[0]), Is.EqualTo(Enumerable.Range(1, Properties).Select(number => $"P{number}")));

    [Test]
    public void Every_test_that_a_row_names_exists() => Assert.That(Table.Unknown(), Is.Empty);

    [Test]
    public void Every_row_names_a_test_or_says_why_there_is_none() =>
        Assert.That(Table.Rows.Where(row => !TestTable.Names(row).Any() && !row[^1].StartsWith("later: ", StringComparison.Ordinal)), Is.Empty);
}
