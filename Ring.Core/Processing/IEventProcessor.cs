namespace Ring.Core;

/// <summary>A consumer that runs on a thread of its own.</summary>
/// <remarks>
/// Thread safety: <see cref="Run"/> is for one thread at a time; every thread may call the rest while it runs.
/// </remarks>
public interface IEventProcessor
{
    /// <summary>How far it has come.</summary>
    Sequence Sequence { get; }

    /// <summary>Whether a thread is in <see cref="Run"/>.</summary>
    bool IsRunning { get; }

    /// <summary>Handles events on the calling thread until <see cref="Halt"/>.</summary>
    void Run();

    /// <summary>Ends the current run after the batch in hand, or the next run before it begins; does not wait for the end.</summary>
    void Halt();
}
