namespace Ring.Tracing;

/// <summary>Makes new files, and knows how much room there is for them. Tests put a disk that fails here.</summary>
internal interface IFileOpener
{
    /// <summary>Makes the file, which must not exist yet, and opens it for writing.</summary>
    Stream CreateNew(string path);

    /// <summary>Bytes that are free for this process on the volume of the folder, or null if nobody can tell.</summary>
    long? FreeBytes(string directory);
}
