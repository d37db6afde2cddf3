namespace Ring.Core;

/// <summary>What a barrier asks a sequencer.</summary>
/// <remarks>Implementations can be asked by any thread.</remarks>
internal interface IPublishedSequences
{
    /// <summary>Up to where the ring is published (single producer) or claimed (multi producer); -1 at first.</summary>
    long Cursor { get; }

    /// <summary>
    /// The highest sequence such that everything from <paramref name="sequence"/> up to it is published; less than
    /// <paramref name="sequence"/> when that one is not.
    /// </summary>
    /// <param name="sequence">
    /// The next one that the caller will handle; it has handled all before it, or others have in its place. These may have
    /// handled this one as well, and its slot be published again: then the answer is at least this sequence.
    /// </param>
    long HighestPublishedFrom(long sequence);
}
