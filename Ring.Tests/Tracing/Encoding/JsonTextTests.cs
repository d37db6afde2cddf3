using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class JsonTextTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Property(MaxTest = 500)]
    public Property Any_text_reads_back_as_itself()
        => Prop.ForAll(Texts(), text => string.Equals(ReadBack(text), WithoutLoneSurrogates(text), StringComparison.Ordinal));

    [Test]
    public void Every_character_reads_back_as_itself()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            string text = "a" + (char)code + "b";
            Assert.That(ReadBack(text), Is.EqualTo(WithoutLoneSurrogates(text)), $"U+{code:X4}");
        }
    }

    [Test]
    public void A_limited_text_is_cut_after_that_many_characters()
    {
        Utf8Buffer buffer = new(16);
        buffer.AppendJson("a\nb\nc", 3);

        Assert.That(Text(buffer), Is.EqualTo("\"a\\nb\""));
    }

    [Test]
    public void A_text_cut_within_a_pair_of_surrogates_is_still_valid()
    {
        Utf8Buffer buffer = new(16);
        buffer.AppendJson("a\U0001F600", 2);

        Assert.That(JsonSerializer.Deserialize<string>(Text(buffer)), Is.EqualTo("a\uFFFD"));
    }

    [Property]
    public Property Any_number_reads_back_as_itself() => Prop.ForAll<long, double>((whole, real) =>
    {
        Utf8Buffer buffer = new(1);
        buffer.AppendNumber(whole);
        buffer.Append((byte)' ');
        if (double.IsFinite(real))
            buffer.AppendNumber(real);

        string[] parts = Text(buffer).Split(' ');
        return JsonSerializer.Deserialize<long>(parts[0]) == whole
            && (!double.IsFinite(real) || JsonSerializer.Deserialize<double>(parts[1]).Equals(real));
    });

    private static Arbitrary<string> Texts()
    {
        Gen<char> any = Gen.Choose(0, char.MaxValue).Select(code => (char)code);
        Gen<char> nasty = Gen.Elements('"', '\\', '\n', '\r', '\t', '\0', '\u001f', '\u007f', '\ud83d', '\ude00', '\u2028', 'a');
        return Gen.Frequency((1, any), (3, nasty)).ArrayOf().Select(characters => new string(characters)).ToArbitrary();
    }

    private static string ReadBack(string text)
    {
        Utf8Buffer buffer = new(1);
        buffer.AppendJson(text);
        return JsonSerializer.Deserialize<string>(Text(buffer))!;
    }

    private static string Text(Utf8Buffer buffer) => Strict.GetString(buffer.Bytes, 0, buffer.Length);

    private static string WithoutLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
