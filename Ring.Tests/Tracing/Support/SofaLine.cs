using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Ring.Tests.Tracing;

/// <summary>Reads SOFATracer lines as a user would who knows how they split, and shares no code with the writer.</summary>
internal static class SofaLine
{
    /// <summary>Texts with what each of the two forms stumbles over.</summary>
    public static Gen<string> Texts()
    {
        Gen<char> any = Gen.Choose(0, char.MaxValue).Select(code => (char)code);
        Gen<char> nasty = Gen.Elements(
            ',', '%', '&', '=', '"', '\\', '\n', '\r', '\t', '\0', '{', '[', '\u001f', '\u0085', '\u2028', '\ud83d', '\ude00', '2', 'C');
        return Gen.Frequency((1, any), (3, nasty)).ArrayOf().Select(characters => new string(characters));
    }

    /// <summary>A text as UTF-8 has it: without lone surrogates.</summary>
    public static string AsWritten(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    public static string Decode(string part) => Regex.Replace(
        part,
        "%([0-9A-F]{2})",
        match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        RegexOptions.None,
        TimeSpan.FromSeconds(10));

    public static string[] Cells(string line) => [.. line.Split(',').Select(Decode)];

    public static (string Key, string Value)[] Pairs(string cell)
    {
        Assert.That(cell, Is.Empty.Or.EndsWith("&"));
        return [.. cell.Split('&').SkipLast(1).Select(Pair)];
    }

    /// <summary>The members of a line in their order, each there once.</summary>
    public static JsonProperty[] Members(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return [.. document.RootElement.Clone().EnumerateObject()];
    }

    private static (string Key, string Value) Pair(string pair)
    {
        string[] parts = pair.Split('=');
        Assert.That(parts, Has.Length.EqualTo(2));
        return (Decode(parts[0]), Decode(parts[1]));
    }
}
