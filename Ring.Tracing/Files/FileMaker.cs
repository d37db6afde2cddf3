namespace Ring.Tracing;

/// <summary>Makes new files, each under a name that nobody had, and held so that no keeper takes it for an old one.</summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class FileMaker(FileNaming naming, IFileOpener opener, Clock clock)
{
    private const int MostTakenNames = 1000;
    private const int MostStolenFiles = 10;

    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not make files there.</exception>
    public OpenFile Make()
    {
        int stolen = 0;
        for (int attempt = 0; ; attempt++)
        {
            string path = naming.Next(clock.UtcNow);
            try
            {
                OpenFile file = new(path, opener.CreateNew(path));
                // A file is there a moment before it is locked: the keeper of another log may have deleted it as one of too many.
                if (file.IsThere)
                    return file;

                file.Close();
                stolen++;
            }
            catch (IOException exception) when (attempt < MostTakenNames && (File.Exists(path) || IsLockedOut(exception)))
            {
                // Someone has taken the name, or is about to delete the file: the next number is free.
            }

            if (stolen == MostStolenFiles)
                throw new IOException($"Files that are made in '{naming.Directory}' are gone at once.");
        }
    }

    /// <summary>The sharing violation of Windows, and the lock of another that Linux and others tell of.</summary>
    private static bool IsLockedOut(IOException exception)
    {
        const int SharingViolation = unchecked((int)0x80070020), WouldBlockOnLinux = 11, WouldBlockElsewhere = 35;
        return exception.HResult is SharingViolation or WouldBlockOnLinux or WouldBlockElsewhere;
    }
}
