namespace Ring.Tracing;

/// <summary>What a file in the folder of a log is to it.</summary>
internal enum KeptFileKind
{
    /// <summary>Lines as they were written.</summary>
    Lines,

    /// <summary>A compressed file, whole and on the disk.</summary>
    Archive,

    /// <summary>An archive that is being written, or that a process left behind when it died.</summary>
    UnfinishedArchive,
}
