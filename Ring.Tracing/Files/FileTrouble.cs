namespace Ring.Tracing;

/// <summary>That writing to a log's files has begun to fail, or goes on again. Each is told once.</summary>
/// <remarks>Immutable, and so thread-safe.</remarks>
internal sealed class FileTrouble(bool isOver, string message, Exception? exception)
{
    /// <summary>False when it begins, true when it is over.</summary>
    public bool IsOver { get; } = isOver;

    /// <summary>One sentence for a person: what happened, to which file or folder.</summary>
    public string Message { get; } = message;

    /// <summary>What the system said, if anything.</summary>
    public Exception? Exception { get; } = exception;
}
