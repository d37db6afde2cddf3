using System.IO.Compression;
using System.Text;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A folder of one test, with files in it as the test wants them.</summary>
internal sealed class ReadingFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Root => _folder.Root;

    public TraceLogReader Reader => new(Root);

    public string Write(string name, params string[] lines) => Write(name, Encoding.UTF8.GetBytes(string.Concat(lines)));

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Root, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string WriteCompressed(string name, params string[] lines) => Write(name, Compress(string.Concat(lines)));

    public static byte[] Compress(string text)
    {
        using MemoryStream content = new();
        using (GZipStream stream = new(content, CompressionMode.Compress))
            stream.Write(Encoding.UTF8.GetBytes(text));

        return content.ToArray();
    }

    /// <summary>The names of all spans, in the order in which they come.</summary>
    public static string Names(IEnumerable<LoggedSpan> spans) => string.Join(' ', spans.Select(span => span.Name));

    public void Dispose() => _folder.Dispose();
}
