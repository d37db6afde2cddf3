namespace Ring.Core;

/// <summary>How many threads publish into a ring.</summary>
/// <remarks>An enumeration has no thread-safety concerns.</remarks>
public enum ProducerType
{
    /// <summary>One thread at a time: the fastest. Claiming from two threads at once corrupts the ring.</summary>
    Single,

    /// <summary>Any number of threads.</summary>
    Multi,
}
