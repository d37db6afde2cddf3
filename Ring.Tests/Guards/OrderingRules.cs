using System.Text.RegularExpressions;

namespace Ring.Tests.Guards;

/// <summary>Holds the ordered accesses of the sources, the comments on them and the table of pairs together.</summary>
internal sealed class OrderingRules(IReadOnlyCollection<SourceFile> sources, OrderingTable table)
{
    private readonly List<string> _malformed = [];

    public IEnumerable<string> Violations()
    {
        OrderingComment[] comments = [.. sources.SelectMany(file => OrderingComment.In(file, _malformed))];
        return
        [
            .. _malformed,
            .. table.Violations,
            .. AccessesWithoutComment(),
            .. Unpaired(comments),
            .. MissingPartners(comments),
        ];
    }

    public IEnumerable<string> MissingTests(IReadOnlyCollection<SourceFile> tests) =>
        from named in table.Tests
        let parts = named.Test.Split('.')
        where !tests.Any(file => file.TypeName == parts[0] && parts.Skip(1).All(member => Names(file, member)))
        select $"{named.Id}: there is no test {named.Test}.";

    private IEnumerable<string> AccessesWithoutComment() =>
        from access in sources.SelectMany(OrderedAccess.In)
        where !access.Comments.Any(access.IsPlain ? IsReasonForPlain : OrderingComment.Begins)
        select $"{access.File.At(access.Line)}: "
            + (access.IsPlain ? "a plain access needs `// plain: why`." : "an ordered access needs the id of its row.");

    private IEnumerable<string> Unpaired(OrderingComment[] comments)
    {
        foreach (OrderingComment comment in comments.Where(comment => !table.Ids.Contains(comment.Id)))
            yield return $"{comment.At}: {comment.Id} is not in the table.";
        foreach (string id in table.Ids)
        {
            OrderingComment[] uses = [.. comments.Where(comment => comment.Id == id)];
            string orders = string.Join(", ", uses.Select(use => use.Order));
            if (uses.Length < 2 || !uses.Any(use => use.IsStoreSide) || !uses.Any(use => use.IsLoadSide))
                yield return $"{id}: the sources must have both sides, and have [{orders}].";
        }
    }

    private IEnumerable<string> MissingPartners(OrderingComment[] comments) =>
        from comment in comments
        where !sources.Any(file => file.TypeName == comment.PartnerType && Names(file, comment.PartnerMember))
        select $"{comment.At}: there is no {comment.PartnerType}.{comment.PartnerMember}.";

    private static bool IsReasonForPlain(string comment) => Regex.IsMatch(comment, @"^// plain: \S");

    private static bool Names(SourceFile file, string member) => file.Words.Any(use => use.Word == member);
}
