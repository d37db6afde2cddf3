namespace Ring.Tests.Guards;

/// <summary>The table of properties in docs/correctness.md names tests that exist.</summary>
[TestFixture]
public class PropertyTableTests
{
    private const int Properties = 27;

    private static readonly string[][] Rows =
    [
        .. Repository.ReadText("docs", "correctness.md").ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.StartsWith("| P", StringComparison.Ordinal))
            .Select(line => Array.ConvertAll(line.Trim('|').Split('|'), cell => cell.Trim())),
    ];

    [Test]
    public void Every_property_has_its_row() =>
        Assert.That(Rows.Select(row => row[0]), Is.EqualTo(Enumerable.Range(1, Properties).Select(number => $"P{number}")));

    [Test]
    public void Every_test_that_a_row_names_exists()
    {
        SourceFile[] tests = Repository.Sources("Ring.Tests");
        Assert.That(Rows.SelectMany(Names).Where(name => !Exists(tests, name)), Is.Empty);
    }

    [Test]
    public void Every_row_names_a_test_or_says_why_there_is_none() =>
        Assert.That(Rows.Where(row => !Names(row).Any() && !row[^1].StartsWith("later: ", StringComparison.Ordinal)), Is.Empty);

    private static IEnumerable<string> Names(string[] row) => row[^1].Split('`').Where((_, i) => i % 2 == 1);

    private static bool Exists(SourceFile[] tests, string name)
    {
        string[] parts = name.Split('.');
        return tests.Any(file => file.TypeName == parts[0] && parts.Skip(1).All(member => file.Words.Any(use => use.Word == member)));
    }
}
