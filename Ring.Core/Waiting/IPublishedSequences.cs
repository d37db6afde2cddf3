namespace Ring.Core;

/// <summary>The one question that a barrier asks a sequencer.</summary>
/// <remarks>Implementations can be asked by any thread.</remarks>
internal interface IPublishedSequences : ICursored
{
    /// <summary>
    /// The highest sequence such that everything from <paramref name="sequence"/> up to it is published; less than
    /// <paramref name="sequence"/> when that one is not.
    /// </summary>
    /// <param name="sequence">The next one that the caller will handle; it has handled all before it.</param>
    long HighestPublishedFrom(long sequence);
}
