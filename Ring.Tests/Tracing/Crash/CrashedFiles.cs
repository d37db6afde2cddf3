using System.Globalization;
using System.Text.Json;

namespace Ring.Tests.Tracing;

/// <summary>Reads the span files that a killed process has left.</summary>
internal static class CrashedFiles
{
    /// <summary>The span files in the folder, in the order in which they were made.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="processId">Whose files; null for everybody's.</param>
    public static string[] In(string folder, int? processId = null) =>
        [.. Directory.GetFiles(folder, processId is { } id ? string.Create(CultureInfo.InvariantCulture, $"*-{id}-*.jsonl") : "*.jsonl")
            .Order(StringComparer.Ordinal)];

    /// <summary>
    /// The ids of the spans in the files of one process, of which at most the last line of the last file may be torn. A torn line
    /// may have got a line end since.
    /// </summary>
    public static HashSet<string> ReadIds(string[] files)
    {
        HashSet<string> ids = [];
        for (int i = 0; i < files.Length; i++)
        {
            byte[] content = OtlpReader.ReadShared(files[i]);
            byte[] whole = i == files.Length - 1 ? WithoutTornLine(content) : content;
            foreach (OtlpSpan span in OtlpReader.Read(whole))
                Assert.That(ids.Add(span.SpanId), Is.True, $"The span {span.SpanId} is there twice.");
        }

        return ids;
    }

    private static byte[] WithoutTornLine(byte[] content)
    {
        int end = Array.LastIndexOf(content, (byte)'\n') + 1;
        if (end < content.Length || end == 0)
            return content[..end];

        int start = end < 2 ? 0 : Array.LastIndexOf(content, (byte)'\n', end - 2) + 1;
        return IsJson(content.AsMemory(start..end)) ? content : content[..start];
    }

    private static bool IsJson(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
