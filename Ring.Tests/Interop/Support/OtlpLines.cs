using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Ring.Tests.Interop.Otlp;

namespace Ring.Tests.Interop.Support;

/// <summary>
/// Reads the lines of span files with Google.Protobuf, which refuses a field that the message does not have, a value of another
/// type and anything that is no JSON.
/// </summary>
/// <remarks>
/// OTLP/JSON is the JSON encoding of Protobuf but for one thing: ids are hexadecimal, where Protobuf has bytes in base64. They
/// alone are rewritten, in the text of the line, so that every other byte reaches the parser as it was written. A text that
/// looks like an id is left alone: its quotes are escaped.
/// </remarks>
internal static partial class OtlpLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(false));

    /// <summary>The lines of the files, in the order in which they were written.</summary>
    public static List<TracesData> Read(IEnumerable<string> paths) =>
        [.. paths.SelectMany(Lines).Select(Parse)];

    public static TracesData Parse(string line) => Parser.Parse<TracesData>(WithBase64Ids(line));

    public static string[] Lines(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file, Strict);
        string text = reader.ReadToEnd();
        Assert.That(text, Is.Empty.Or.EndWith("\n"), "A file ends with a whole line.");
        return text.Split('\n')[..^1];
    }

    private static string WithBase64Ids(string line) => Id().Replace(line, match =>
        $"\"{match.Groups["name"].Value}\":\"{Convert.ToBase64String(Convert.FromHexString(match.Groups["id"].Value))}\"");

    [GeneratedRegex("\"(?<name>traceId|spanId|parentSpanId)\":\"(?<id>(?:[0-9a-f]{16}){1,2})\"")]
    private static partial Regex Id();
}
