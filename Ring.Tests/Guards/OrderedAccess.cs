using System.Text.RegularExpressions;

namespace Ring.Tests.Guards;

/// <summary>A call that names a memory order, with the comments directly above its statement or on its lines.</summary>
internal sealed partial record OrderedAccess(SourceFile File, int Line, bool IsPlain, string[] Comments)
{
    /// <summary>The calls outside Memory, where the cells are implemented and not used.</summary>
    public static IEnumerable<OrderedAccess> In(SourceFile file)
    {
        if (file.Folder == "Memory")
            yield break;
        Regex arithmetic = ArithmeticOnCells(file);
        for (int index = 0; index < file.Code.Length; index++)
        {
            string line = file.Code[index];
            bool isPlain = PlainCall().IsMatch(line);
            if (isPlain || OrderedCall().IsMatch(line) || arithmetic.IsMatch(line))
                yield return new OrderedAccess(file, index + 1, isPlain, [.. CommentsAt(file, index)]);
        }
    }

    /// <summary>
    /// On the line, or going up from it to the end of the statement before, and through the comments that begin there.
    /// </summary>
    private static IEnumerable<string> CommentsAt(SourceFile file, int index)
    {
        yield return OrderingComment.CommentOn(file, index);
        int above = index - 1;
        while (above >= 0 && ContinuesBelow(file.Code[above]))
            yield return OrderingComment.CommentOn(file, above--);
    }

    private static bool ContinuesBelow(string code)
    {
        string trimmed = code.TrimEnd();
        return trimmed.Length == 0 || trimmed[^1] is not (';' or '{' or '}');
    }

    /// <summary><c>Add</c> and <c>Exchange</c> are words of collections too: here they count on fields that are cells.</summary>
    private static Regex ArithmeticOnCells(SourceFile file)
    {
        IEnumerable<string> cells =
            from line in file.Code from Match match in CellField().Matches(line) select match.Groups["name"].Value;
        return new Regex($@"\b(?:{string.Join('|', cells.Append("no_cell"))})\.(?:Add|Exchange|Increment)\(");
    }

    [GeneratedRegex(@"\.(?:Read\w*Acquire|Write\w*(?:Release|Fenced)|CompareExchange)\(|\bFence\.\w+\(")]
    private static partial Regex OrderedCall();

    [GeneratedRegex(@"\.(?:Read|Write)\w*Plain\(")]
    private static partial Regex PlainCall();

    [GeneratedRegex(@"\b(?:Padded|Atomic)\w+(?:<[^;=]*>)?\s+(?<name>_\w+)")]
    private static partial Regex CellField();
}
