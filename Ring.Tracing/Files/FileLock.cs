namespace Ring.Tracing;

/// <summary>Finds out whether someone has a file open, by opening it for oneself alone.</summary>
/// <remarks>
/// Thread-safe. Every .NET process that has the file open is found, on Windows every process. A process that dies gives its locks
/// up. On network shares the runtime may take no locks at all: then every file seems free.
/// </remarks>
internal static class FileLock
{
    /// <summary>Opens the file if nobody else has it open, and keeps others out until the stream is closed.</summary>
    /// <returns>Null if it is in use, not there, or not ours to open.</returns>
    public static FileStream? TryTake(string path) => TryOpen(path, FileOptions.None);

    public static bool IsFree(string path)
    {
        using FileStream? file = TryTake(path);
        return file is not null;
    }

    /// <summary>Whether the file is there, could be opened beside others, and cannot be opened alone.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using FileStream beside = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return !IsFree(path);
    }

    /// <summary>Deletes the file if nobody has it open, without letting anybody open it in between.</summary>
    public static bool TryDelete(string path)
    {
        using (FileStream? file = TryOpen(path, FileOptions.DeleteOnClose))
        {
            if (file is null)
                return false;
        }

        return !File.Exists(path);
    }

    private static FileStream? TryOpen(string path, FileOptions options)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
