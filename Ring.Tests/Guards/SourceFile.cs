using System.Text.RegularExpressions;

namespace Ring.Tests.Guards;

/// <summary>One C# file: as it stands, and without comments and strings.</summary>
/// <param name="project">The project's folder.</param>
/// <param name="path">Relative to it, with slashes.</param>
/// <param name="text">What is in it.</param>
internal sealed partial class SourceFile(string project, string path, string text)
{
    public string Path => $"{project}/{path}";

    /// <summary>The first folder below the project; empty for a file that lies in none.</summary>
    public string Folder { get; } = path.Contains('/') ? path[..path.IndexOf('/')] : "";

    /// <summary>What the file is named for; <c>RingBuffer.Factories.cs</c> is named for <c>RingBuffer</c>.</summary>
    public string TypeName { get; } = System.IO.Path.GetFileName(path).Split('.')[0];

    public string[] Lines { get; } = SplitLines(text);

    /// <summary>As <see cref="Lines"/>, each blank where it holds a comment or a string.</summary>
    public string[] Code { get; } = SplitLines(CSharpText.WithoutCommentsAndStrings(text));

    /// <summary>The types that the file declares outside any other.</summary>
    public IEnumerable<string> TopLevelTypes =>
        from Match match in TypeDeclaration().Matches(OutsideBraces())
        select match.Groups["name"].Value;

    /// <summary>Whole words of the code, each with the number of its line.</summary>
    public IEnumerable<(string Word, int Line)> Words =>
        Code.SelectMany((line, index) => Word().Matches(line).Select(match => (match.Value, index + 1)));

    public string At(int line) => $"{Path}:{line}";

    private static string[] SplitLines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private string OutsideBraces()
    {
        int depth = 0;
        return string.Concat(string.Join('\n', Code).Where(IsOutside));

        bool IsOutside(char character)
        {
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            return depth == 0;
        }
    }

    [GeneratedRegex(
        @"\b(?:(?:class|struct|interface|enum|record)|delegate\s[^(]*?)\s+(?<name>[A-Z]\w*)\s*"
        + @"(?:<[^>]*>\s*)?(?=[({:;}\s]|where|$)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"@?[A-Za-z_]\w*")]
    private static partial Regex Word();
}
