namespace Ring.Tracing;

/// <summary>A place in a log file that could not be read. The reader goes on after it.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LogFault : LoggedRecord
{
    internal LogFault(LinePlace place, LogFaultKind kind, string reason)
        : base(place)
    {
        Kind = kind;
        Reason = reason;
    }

    /// <summary>What is wrong.</summary>
    public LogFaultKind Kind { get; }

    /// <summary>What is wrong, in words for a person.</summary>
    public string Reason { get; }

    /// <summary>Returns place, kind and reason as one line of text.</summary>
    public override string ToString() => $"{FilePath}:{LineNumber}: {Kind}: {Reason}";
}
