namespace Ring.Tests.Guards;

/// <summary>A table of a document whose last column names tests, as <c>`Type`</c>, <c>`Type.Member`</c> or <c>`Member`</c>.</summary>
internal sealed class TestTable(string document, string kind)
{
    /// <summary>The rows whose first cell is this kind and a number, as cells.</summary>
    public string[][] Rows { get; } =
    [
        .. Repository.ReadText("docs", document).ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.StartsWith($"| {kind}", StringComparison.Ordinal) && line.Length > 3 && char.IsAsciiDigit(line[3]))
            .Select(line => Array.ConvertAll(line.Trim('|').Split('|'), cell => cell.Trim())),
    ];

    public static IEnumerable<string> Names(string[] row) => row[^1].Split('`').Where((_, i) => i % 2 == 1);

    /// <summary>The names of which there is no test.</summary>
    public IEnumerable<string> Unknown()
    {
        SourceFile[] tests = Repository.Sources("Ring.Tests");
        return Rows.SelectMany(Names).Where(name => !Exists(tests, name.Split('.')));
    }

    private static bool Exists(SourceFile[] tests, string[] name) =>
        tests.Any(file => file.TypeName == name[0] && name.Skip(1).All(member => Declares(file, member)))
        || (name.Length == 1 && tests.Any(file => Declares(file, name[0])));

    private static bool Declares(SourceFile file, string method) =>
        file.Words.Zip(file.Words.Skip(1), (before, use) => before.Word == "void" && use.Word == method).Any(isDeclared => isDeclared);
}
