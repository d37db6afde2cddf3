namespace Ring.Tests.Guards;

/// <summary>The tables of docs/known-failures.md name tests that exist.</summary>
[TestFixture]
public class KnownFailuresTests
{
    [TestCase("B", 45)]
    [TestCase("C", 16)]
    public void Every_failure_has_its_row_and_every_test_that_it_names_exists(string kind, int failures)
    {
        TestTable table = new("known-failures.md", kind);

        Assert.That(table.Rows.Select(row => row[0]), Is.EqualTo(Enumerable.Range(1, failures).Select(number => $"{kind}{number}")));
        Assert.That(table.Unknown(), Is.Empty);
    }
}
