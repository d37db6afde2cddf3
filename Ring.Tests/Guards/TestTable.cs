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
        ILookup<string, string> tests = Declarations();
        HashSet<string> names = [.. tests.SelectMany(declared => declared)];
        return Rows.SelectMany(Names).Where(name => !(name.Split('.') is [string type, string method]
            ? tests[type].Contains(method)
            : names.Contains(name)));
    }

    /// <summary>By the type that a file is named for: itself, and its methods.</summary>
    private static ILookup<string, string> Declarations() =>
        Repository.Sources("Ring.Tests")
            .SelectMany(file => Methods(file).Prepend(file.TypeName), (file, name) => (file.TypeName, Name: name))
            .ToLookup(declared => declared.TypeName, declared => declared.Name);

    private static IEnumerable<string> Methods(SourceFile file)
    {
        string[] words = [.. file.Words.Select(use => use.Word)];
        return words.Zip(words.Skip(1)).Where(pair => pair.First == "void").Select(pair => pair.Second);
    }
}
