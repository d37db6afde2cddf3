namespace Ring.Core;

/// <summary>A processor that says whether it waits for others.</summary>
/// <remarks>Thread safety: every thread may ask at any time.</remarks>
internal interface IReportsWork
{
    /// <summary>Whether it has an event in hand, or could take one now. Stale when it returns.</summary>
    bool HasWork { get; }
}
