using System.IO.Compression;

namespace Ring.Tracing;

/// <summary>
/// Turns a file that is complete into an archive. It is written under another name and gets its own one when it is whole and on the
/// disk; only then is the file deleted. Whenever the process dies, one of the two is there and whole.
/// </summary>
/// <remarks>Thread-safe. Two processes do not compress one file at once: the unfinished archive is locked.</remarks>
internal static class FileCompressor
{
    private const int ChunkBytes = 256 * 1024;

    public static string ArchiveOf(string path) => path + FileNaming.ArchiveExtension;

    /// <summary>Compresses the file and deletes it.</summary>
    /// <returns>False if it was not finished: the time was up, or others are at it, and the file is still there.</returns>
    /// <exception cref="IOException">The file cannot be read, or the archive not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not do it.</exception>
    public static bool TryCompress(string path, CancellationToken stop)
    {
        string archive = ArchiveOf(path);
        if (!File.Exists(archive) && !TryMake(archive, path, stop))
            return false;

        // It was there already if a process died at this point.
        if (!IsArchiveOf(archive, path))
            return false;

        File.Delete(path);
        return true;
    }

    private static bool TryMake(string archive, string path, CancellationToken stop)
    {
        string unfinished = archive + FileNaming.UnfinishedExtension;
        if (File.Exists(unfinished))
            return false;

        FileStream target = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            using (target)
            {
                if (!TryPack(path, target, stop))
                    return false;
            }

            // The age of an archive is that of its lines.
            File.SetLastWriteTimeUtc(unfinished, File.GetLastWriteTimeUtc(path));
            File.Move(unfinished, archive);
            return true;
        }
        finally
        {
            // Nothing is there under this name if all went well.
            File.Delete(unfinished);
        }
    }

    private static bool TryPack(string path, FileStream target, CancellationToken stop)
    {
        using FileStream source = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        using (GZipStream packed = new(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] chunk = new byte[ChunkBytes];
            int count;
            while ((count = source.Read(chunk, 0, chunk.Length)) > 0)
            {
                if (stop.IsCancellationRequested)
                    return false;

                packed.Write(chunk, 0, count);
            }
        }

        target.Flush(flushToDisk: true);
        return source.Position == source.Length;
    }

    /// <summary>
    /// Whether the archive holds as many bytes as the file, by the four at its end: a file that grew meanwhile, or an archive that
    /// someone else put there, must not cost a line.
    /// </summary>
    private static bool IsArchiveOf(string archive, string path)
    {
        using FileStream file = new(archive, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < sizeof(uint))
            return false;

        file.Seek(-sizeof(uint), SeekOrigin.End);
        uint length = 0;
        for (int shift = 0; shift < 32; shift += 8)
            length |= (uint)file.ReadByte() << shift;

        return length == unchecked((uint)new FileInfo(path).Length);
    }
}
