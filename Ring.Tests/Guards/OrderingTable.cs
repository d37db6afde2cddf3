namespace Ring.Tests.Guards;

/// <summary>The first table in docs/memory-ordering.md.</summary>
internal sealed class OrderingTable
{
    private static readonly string[] Columns =
        ["id", "store side", "load side", "order", "what it protects", "what breaks without it", "test"];

    private readonly List<string> _violations = [];

    public OrderingTable(string markdown)
    {
        IEnumerable<string> lines = markdown.ReplaceLineEndings("\n").Split('\n');
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
        if (rows is not [{ } header, _, ..] || !header.SequenceEqual(Columns))
            _violations.Add($"The columns must be: {string.Join(" | ", Columns)}.");
        Rows = [.. rows.Skip(2)];
        _violations.AddRange(Rows.Where(row => row.Length != Columns.Length || row.Any(string.IsNullOrWhiteSpace))
            .Select(row => $"{row[0]}: a cell is missing or empty."));
        _violations.AddRange(Ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: stands twice."));
    }

    /// <summary>What is wrong with its shape.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public IEnumerable<string> Ids => Rows.Select(row => row[0]);

    /// <summary>Each test that is named, with the id of its row.</summary>
    public IEnumerable<(string Id, string Test)> Tests =>
        from row in Rows
        from name in row[^1].Split('`').Where((_, index) => index % 2 == 1).DefaultIfEmpty(row[^1])
        select (row[0], name);

    private string[][] Rows { get; }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
