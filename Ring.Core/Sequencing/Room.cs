namespace Ring.Core;

/// <summary>What a producer finds when it looks for room.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
internal enum Room
{
    /// <summary>The slots can be claimed.</summary>
    Free,

    /// <summary>A consumer is not done with them; it tells when it moves.</summary>
    HeldByConsumers,

    /// <summary>Another producer's claim of the lap before is not published yet; nobody tells when it is.</summary>
    HeldByClaims,
}
