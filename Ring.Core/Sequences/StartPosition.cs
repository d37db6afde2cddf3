namespace Ring.Core;

/// <summary>Where a consumer begins that joins a ring.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum StartPosition
{
    /// <summary>Behind everything that is claimed: the first event it sees is one that is claimed after it has joined.</summary>
    Latest,

    /// <summary>
    /// With the oldest event that another gating consumer has still to handle, or a worker pool still to take: everything from
    /// there on is certainly in the ring. When nobody else gates, as <see cref="Latest"/>.
    /// </summary>
    Oldest,
}
