using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class SofaEscapesTests
{
    [TestCase("plain", "plain")]
    [TestCase("a,b", "a%2Cb")]
    [TestCase("100%", "100%25")]
    [TestCase("a\r\nb\0", "a%0D%0Ab%00")]
    [TestCase("k=v&\"\\", "k=v&\"\\")]
    public void A_cell_escapes_what_would_end_it(string text, string cell) => Assert.That(Cell(text), Is.EqualTo(cell));

    [TestCase("k=v&", "k%3Dv%26")]
    [TestCase("\"\\", "%22%5C")]
    [TestCase("a,b%\n", "a%2Cb%25%0A")]
    public void A_pair_escapes_its_own_separators_too(string text, string part) => Assert.That(Part(text), Is.EqualTo(part));

    [Property(MaxTest = 500)]
    public Property Cells_of_any_text_split_at_their_commas_into_the_texts() =>
        Prop.ForAll(SofaLine.Texts().ArrayOf().Where(texts => texts.Length > 0).ToArbitrary(), texts =>
        {
            string line = string.Join(',', texts.Select(Cell));
            return !line.Contains('\n') && !line.Contains('\r')
                && line.Split(',').Select(SofaLine.Decode).SequenceEqual(texts.Select(SofaLine.AsWritten));
        });

    [Property(MaxTest = 500)]
    public Property Pairs_of_any_text_split_into_the_keys_and_values() =>
        Prop.ForAll(SofaLine.Texts().Two().ArrayOf().ToArbitrary(), pairs =>
        {
            string cell = string.Concat(pairs.Select(pair => $"{Part(pair.Item1)}={Part(pair.Item2)}&"));
            return !cell.Contains(',')
                && SofaLine.Pairs(cell).SequenceEqual(pairs.Select(pair => (SofaLine.AsWritten(pair.Item1), SofaLine.AsWritten(pair.Item2))));
        });

    [Test]
    public void A_long_text_is_cut()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Cell(new string('x', 5000)), Has.Length.EqualTo(OtlpLimits.TextCharacters));
            Assert.That(Part(new string(',', 5000)), Has.Length.EqualTo(3 * OtlpLimits.TextCharacters));
        });
    }

    private static string Cell(string text) => Written(text, SofaEscapes.AppendCell);

    private static string Part(string text) => Written(text, SofaEscapes.AppendInPair);

    private static string Written(string text, Action<Utf8Buffer, string> append)
    {
        Utf8Buffer buffer = new(1);
        append(buffer, text);
        return Encoding.UTF8.GetString(buffer.Bytes, 0, buffer.Length);
    }
}
