namespace Ring.Tracing;

/// <summary>A file of the log as it was found in the folder.</summary>
/// <remarks>Immutable, and so thread-safe.</remarks>
internal sealed class KeptFile(string path, KeptFileKind kind, long length, DateTime lastWriteUtc)
{
    public string Path { get; } = path;

    public KeptFileKind Kind { get; } = kind;

    public long Length { get; } = length;

    public DateTime LastWriteUtc { get; } = lastWriteUtc;
}
