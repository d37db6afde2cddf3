using System.Text.RegularExpressions;

namespace Ring.Tests.Arm64;

[TestFixture]
public partial class ListingTests
{
    [TestCaseSource(typeof(Audit), nameof(Audit.InstructionSets))]
    public void The_machine_code_is_read_as_the_JIT_lists_it(string instructionSet)
    {
        Crossgen.IgnoreWhereThereIsNone();
        using ScratchFolder folder = new();
        string listing = folder.PathOf("listing.txt");
        string core = folder.PathOf("Ring.Core.dll");
        File.Copy(Shipped.Core, core);

        CompiledImage image = new(Crossgen.Compile(core, instructionSet, Crossgen.WithListing(listing)));

        Assert.That(Mnemonics(image), Is.EquivalentTo(Mnemonics(File.ReadAllText(listing))).And.Not.Empty);
    }

    private static IEnumerable<string> Mnemonics(CompiledImage image) =>
        from method in image.Methods
        from operation in method.Operations
        let text = operation.Text.Split(' ')
        where text[0] != "call"
        from mnemonic in text[0].Split('+')
        select mnemonic;

    private static IEnumerable<string> Mnemonics(string listing) =>
        Mnemonic().Matches(listing).Select(match => match.Groups["mnemonic"].Value);

    [GeneratedRegex(@"^\s+(?<mnemonic>(?:ldap?u?r|stlu?r|ldaxr|stlxr|cas\w*|swp\w*|ldadd\w*|ldset\w*|ldclr\w*|dmb))\s", RegexOptions.Multiline)]
    private static partial Regex Mnemonic();
}
