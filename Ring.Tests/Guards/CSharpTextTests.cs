namespace Ring.Tests.Guards;

[TestFixture]
public class CSharpTextTests
{
    [TestCase("a // b", "a")]
    [TestCase("a /* b\nc */ d", "a d")]
    [TestCase("/// <see cref=\"A\"/>\nb", "b")]
    public void Comments_are_blanked(string text, string code) => Assert.That(Squeezed(text), Is.EqualTo(code));

    [TestCase("f(\"a // b\", c)", "f( , c)")]
    [TestCase("\"a\\\"b\" + c", "+ c")]
    [TestCase("@\"a\\\" + c", "+ c")]
    [TestCase("@\"a\"\"b\" + c", "+ c")]
    [TestCase("\"\"\"a \"b\" \"\"\" + c", "+ c")]
    [TestCase("\"\" + c", "+ c")]
    [TestCase("'\"' + c + '\\'' + d", "+ c + + d")]
    public void Strings_and_characters_are_blanked(string text, string code) => Assert.That(Squeezed(text), Is.EqualTo(code));

    [TestCase("$\"a {b} c\" + d", "b + d")]
    [TestCase("$\"{{a}} {b(\"c\")}\" + d", "b( ) + d")]
    [TestCase("$\"\"\"a {b} c\"\"\" + d", "b + d")]
    public void The_code_in_interpolated_strings_stays(string text, string code) => Assert.That(Squeezed(text), Is.EqualTo(code));

    [Test]
    public void What_is_left_stays_where_it_was() =>
        Assert.That(
            CSharpText.WithoutCommentsAndStrings("a // b\n\"c\" + $\"{d}\";"),
            Is.EqualTo("a     \n    +    d  ;"));

    private static string Squeezed(string text) =>
        string.Join(' ', CSharpText.WithoutCommentsAndStrings(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
