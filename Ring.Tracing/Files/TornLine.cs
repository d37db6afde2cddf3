namespace Ring.Tracing;

/// <summary>
/// The last line of a file whose process died while it wrote. Nothing is cut off, since it may hold more than anyone could
/// write again: the line is ended, so that it stands alone and the lines of other files may come behind it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class TornLine
{
    /// <summary>Ends the last line unless it is whole.</summary>
    /// <returns>False if there was nothing to do, or if the file is in use.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static bool CloseOff(string path)
    {
        using FileStream? file = FileLock.TryTake(path);
        if (file is null || file.Length == 0)
            return false;

        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() == '\n')
            return false;

        file.WriteByte((byte)'\n');
        return true;
    }
}
