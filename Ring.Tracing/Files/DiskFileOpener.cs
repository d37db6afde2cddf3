namespace Ring.Tracing;

/// <summary>Files on disk, unbuffered, that others may read, rename and delete while they are written.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DiskFileOpener : IFileOpener
{
    /// <summary>A FileStream keeps no buffer of its own at this size, so each write is one system call.</summary>
    private const int Unbuffered = 1;

    public static readonly DiskFileOpener Instance = new();

    public Stream CreateNew(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, Unbuffered);
    }
}
