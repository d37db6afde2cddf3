namespace Ring.Tracing;

/// <summary>Makes new files. Tests put a disk that fails here.</summary>
internal interface IFileOpener
{
    /// <summary>Makes the file, which must not exist yet, and opens it for writing.</summary>
    Stream CreateNew(string path);
}
