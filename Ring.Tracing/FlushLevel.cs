namespace Ring.Tracing;

/// <summary>How far a flush brings spans.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum FlushLevel
{
    /// <summary>Handed to the operating system: they survive the end of the process, however it ends.</summary>
    OperatingSystem,

    /// <summary>On the disk: they survive the loss of power, as far as the disk keeps its word.</summary>
    Disk,
}
