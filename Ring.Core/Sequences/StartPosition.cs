namespace Ring.Core;

/// <summary>Where a consumer begins that joins a ring.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum StartPosition
{
    /// <summary>
    /// Behind the ring's cursor: with a single producer behind what is published, with several behind what is claimed.
    /// </summary>
    Latest,

    /// <summary>
    /// With the oldest event that another gating consumer has still to handle, or a worker pool still to take: everything from
    /// there on is certainly in the ring. Behind others, not before where these began. When nobody else gates, as
    /// <see cref="Latest"/>.
    /// </summary>
    Oldest,
}
