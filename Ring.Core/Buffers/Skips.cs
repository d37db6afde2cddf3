namespace Ring.Core;

/// <summary>What a consumer passes by: claims that were given up, and events that a stage before it has skipped.</summary>
/// <remarks>Thread safety: for the thread on which the consumer runs.</remarks>
/// <param name="ring">Where the claims were given up.</param>
/// <param name="barrier">Knows the stages before.</param>
/// <param name="position">The consumer's, by which later stages learn what it has passed by.</param>
internal sealed class Skips<T>(RingBuffer<T> ring, SequenceBarrier barrier, Sequence position)
{
    /// <summary>Whether there may be some among what the barrier has let through.</summary>
    public bool Any => ring.Abandoned is not null || barrier.HasSkips;

    /// <summary>Whether the consumer passes an event by that the barrier has let through; if so, later stages do too.</summary>
    public bool Contains(long sequence)
    {
        if (ring.IsAbandoned(sequence))
            return true;
        if (!barrier.IsSkipped(sequence))
            return false;
        Add(sequence);
        return true;
    }

    /// <summary>The last of some sequences that the consumer does not pass by; less than <paramref name="first"/> when there is none.</summary>
    public long LastKept(long first, long last)
    {
        while (last >= first && Contains(last))
            last--;
        return last;
    }

    /// <summary>Keeps an event, behind which the position has not moved yet, from later stages.</summary>
    public void Add(long sequence) => position.Skip(sequence, ring.BufferSize);
}
