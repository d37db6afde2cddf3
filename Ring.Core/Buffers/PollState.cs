namespace Ring.Core;

/// <summary>What a poll found.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum PollState
{
    /// <summary>Nothing new is published.</summary>
    Idle,

    /// <summary>Something new is published, but the consumers that the poller comes after have not handled it yet.</summary>
    Gating,

    /// <summary>There was something: events were handed over, or were passed by because their producers gave them up.</summary>
    Processing,

    /// <summary>The ring is closed and the poller has seen all that was ever claimed: nothing will come any more.</summary>
    Closed,
}
