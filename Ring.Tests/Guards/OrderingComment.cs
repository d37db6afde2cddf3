using System.Text.RegularExpressions;

namespace Ring.Tests.Guards;

/// <summary>A comment of the form <c>// ID order: why; pairs with Type.Member.</c></summary>
internal sealed partial record OrderingComment(string At, string Id, string Order, string PartnerType, string PartnerMember)
{
    private static readonly string[] StoreOrders = ["release", "rmw", "fence"];
    private static readonly string[] LoadOrders = ["acquire", "rmw", "fence"];

    public bool IsStoreSide => StoreOrders.Contains(Order);

    public bool IsLoadSide => LoadOrders.Contains(Order);

    /// <summary>All of a file; what begins like one and is none goes to <paramref name="malformed"/>.</summary>
    public static IEnumerable<OrderingComment> In(SourceFile file, ICollection<string> malformed)
    {
        for (int index = 0; index < file.Lines.Length; index++)
        {
            if (!Beginning().IsMatch(CommentOn(file, index)))
                continue;
            Match match = Whole().Match(WithContinuation(file, index));
            if (match.Success)
                yield return From(match, file.At(index + 1));
            else
                malformed.Add($"{file.At(index + 1)}: is not `// ID order: why; pairs with Type.Member.`");
        }
    }

    /// <summary>Whether this is the beginning of a comment about order.</summary>
    public static bool Begins(string comment) => Beginning().IsMatch(comment);

    /// <summary>The ordinary comment on a line, from its slashes on; empty when there is none.</summary>
    public static string CommentOn(SourceFile file, int index)
    {
        string line = file.Lines[index];
        int start = line.IndexOf("//", StringComparison.Ordinal);
        bool isComment = start >= 0 && string.IsNullOrWhiteSpace(file.Code[index][start..]);
        return isComment && !line[start..].StartsWith("///", StringComparison.Ordinal) ? line[start..] : "";
    }

    private static OrderingComment From(Match match, string at) => new(
        at, match.Groups["id"].Value, match.Groups["order"].Value, match.Groups["type"].Value, match.Groups["member"].Value);

    /// <summary>A long comment goes on in the next lines until another begins.</summary>
    private static string WithContinuation(SourceFile file, int index)
    {
        string text = CommentOn(file, index);
        for (int next = index + 1; next < file.Lines.Length; next++)
        {
            string comment = CommentOn(file, next);
            if (comment.Length == 0 || Begins(comment))
                break;
            text += " " + comment[2..].Trim();
        }

        return text;
    }

    [GeneratedRegex(@"^// [A-Z][A-Z0-9-]+ \w+:")]
    private static partial Regex Beginning();

    [GeneratedRegex(
        @"^// (?<id>[A-Z][A-Z0-9-]+) (?<order>release|acquire|fence|rmw): \S.*; "
        + @"pairs with (?<type>[A-Z]\w*)\.(?<member>\w+)\.")]
    private static partial Regex Whole();
}
