namespace Ring.Benchmarks.Tracing;

/// <summary>Looks at what is on the disk.</summary>
internal static class FileContent
{
    private const int ChunkSize = 1024 * 1024;

    /// <summary>How often some bytes occur in the files.</summary>
    /// <exception cref="InvalidOperationException">A file ends in the middle of a line.</exception>
    public static long Count(IEnumerable<string> paths, ReadOnlySpan<byte> pattern)
    {
        long count = 0;
        foreach (string path in paths)
            count += Count(path, pattern);

        return count;
    }

    private static long Count(string path, ReadOnlySpan<byte> pattern)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] chunk = new byte[ChunkSize];
        long count = 0;
        int kept = 0;
        byte last = (byte)'\n';
        while (file.Read(chunk, kept, chunk.Length - kept) is var read and > 0)
        {
            ReadOnlySpan<byte> content = chunk.AsSpan(0, kept + read);
            count += content.Count(pattern);
            last = content[^1];
            // What an occurrence that goes on in the next chunk may have here.
            kept = Math.Min(pattern.Length - 1, content.Length);
            content[^kept..].CopyTo(chunk);
        }

        return last == (byte)'\n' ? count : throw new InvalidOperationException($"{path} ends in the middle of a line.");
    }
}
