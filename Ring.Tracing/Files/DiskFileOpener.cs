namespace Ring.Tracing;

/// <summary>Files on disk, unbuffered, that others may read, rename and delete while they are written.</summary>
/// <remarks>
/// Thread-safe. An open file is locked against those who want it for themselves alone, see <see cref="FileLock"/>: by its share
/// mode on Windows, by a shared lock that the runtime takes elsewhere.
/// </remarks>
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

    public long? FreeBytes(string directory)
    {
        try
        {
            // Windows knows volumes by their root, the others by any folder on them.
            bool isWindows = Path.DirectorySeparatorChar == '\\';
            return new DriveInfo(isWindows ? Path.GetPathRoot(directory)! : directory).AvailableFreeSpace;
        }
        catch (Exception)
        {
            // A network path, or a folder that is not there: the write itself will tell.
            return null;
        }
    }
}
