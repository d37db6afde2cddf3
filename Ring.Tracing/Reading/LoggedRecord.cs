namespace Ring.Tracing;

/// <summary>
/// What a log file holds, and where it stands: a <see cref="LoggedSpan"/>, a <see cref="LoggedGap"/>, a
/// <see cref="LoggedStatistic"/>, or the <see cref="LogFault"/> that stands in their place.
/// </summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public abstract class LoggedRecord
{
    private protected LoggedRecord(LinePlace place)
    {
        FilePath = place.FilePath;
        LineNumber = place.LineNumber;
    }

    /// <summary>The file, as the reader was given or found it.</summary>
    public string FilePath { get; }

    /// <summary>The line in the file, from 1. A line holds many spans.</summary>
    public long LineNumber { get; }
}
