namespace Ring.Tracing;

/// <summary>What is wrong with a place in a log file.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum LogFaultKind
{
    /// <summary>
    /// The file does not end with a line end: its last line is being written at this moment, or its process ended meanwhile.
    /// </summary>
    TornTail,

    /// <summary>A whole line that is not what such a file holds. Nothing of it was read.</summary>
    BadLine,

    /// <summary>The file could not be read, or not from this line on.</summary>
    Unreadable,
}
