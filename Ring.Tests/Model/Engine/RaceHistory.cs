namespace Ring.Tests.Model.Engine;

/// <summary>Who has touched a location when, as far as it takes to find a race (FastTrack, with atomic accesses apart).</summary>
internal sealed class RaceHistory
{
    private readonly int[] _plainReads = new int[Limits.Threads];
    private readonly int[] _plainWrites = new int[Limits.Threads];
    private readonly int[] _atomicReads = new int[Limits.Threads];
    private readonly int[] _atomicWrites = new int[Limits.Threads];

    /// <summary>Whether a plain access was ever made.</summary>
    public bool HasPlain { get; private set; }

    public void Reset()
    {
        HasPlain = false;
        foreach (int[] times in (ReadOnlySpan<int[]>)[_plainReads, _plainWrites, _atomicReads, _atomicWrites])
            Array.Clear(times);
    }

    /// <summary>Notes the access; returns what it races with, or null.</summary>
    public string? PlainRead(ModelThread thread)
    {
        HasPlain = true;
        _plainReads[thread.Id] = thread.Clock[thread.Id];
        return Conflict(thread, _plainWrites, "plain write") ?? Conflict(thread, _atomicWrites, "atomic write");
    }

    /// <inheritdoc cref="PlainRead"/>
    public string? PlainWrite(ModelThread thread)
    {
        HasPlain = true;
        _plainWrites[thread.Id] = thread.Clock[thread.Id];
        return Conflict(thread, _plainWrites, "plain write") ?? Conflict(thread, _plainReads, "plain read")
            ?? Conflict(thread, _atomicWrites, "atomic write") ?? Conflict(thread, _atomicReads, "atomic read");
    }

    /// <inheritdoc cref="PlainRead"/>
    public string? AtomicRead(ModelThread thread)
    {
        _atomicReads[thread.Id] = thread.Clock[thread.Id];
        return HasPlain ? Conflict(thread, _plainWrites, "plain write") : null;
    }

    /// <inheritdoc cref="PlainRead"/>
    public string? AtomicWrite(ModelThread thread)
    {
        _atomicWrites[thread.Id] = thread.Clock[thread.Id];
        return HasPlain ? Conflict(thread, _plainWrites, "plain write") ?? Conflict(thread, _plainReads, "plain read") : null;
    }

    /// <summary>Adds what can still become a race: accesses that some living thread does not know of.</summary>
    public void MixInto(ref Hash128 hash, ReadOnlySpan<int> known)
    {
        for (int i = 0; i < Limits.Threads; i++)
        {
            MixTime(ref hash, _plainReads[i], known[i]);
            MixTime(ref hash, _plainWrites[i], known[i]);
            MixTime(ref hash, _atomicReads[i], known[i]);
            MixTime(ref hash, _atomicWrites[i], known[i]);
        }
    }

    private static void MixTime(ref Hash128 hash, int time, int known) => hash.Mix(time > known ? time : 0);

    private static string? Conflict(ModelThread thread, int[] times, string access)
    {
        for (int i = 0; i < times.Length; i++)
        {
            if (i != thread.Id && !thread.Clock.Knows(i, times[i]))
                return $"{access} by T{i}";
        }

        return null;
    }
}
