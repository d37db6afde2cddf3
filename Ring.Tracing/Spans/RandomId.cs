namespace Ring.Tracing;

/// <summary>Random numbers for ids: unlike each other in all likelihood, and not secret.</summary>
/// <remarks>Thread-safe: each thread has a generator of its own.</remarks>
internal static class RandomId
{
    [ThreadStatic]
    private static ulong _state;

    /// <summary>Returns the next one. Never zero, which stands for no id.</summary>
    public static ulong Next()
    {
        if (_state == 0)
            _state = Seed();

        ulong id;
        do
        {
            // SplitMix64 (Steele, Lea, Flood 2014), as java.util.SplittableRandom has it: every state comes once in 2^64.
            _state += 0x9E3779B97F4A7C15;
            id = _state;
            id = (id ^ (id >> 30)) * 0xBF58476D1CE4E5B9;
            id = (id ^ (id >> 27)) * 0x94D049BB133111EB;
            id ^= id >> 31;
        }
        while (id == 0);

        return id;
    }

    /// <summary>A version-4 id has 122 random bits from the operating system, so two threads, or processes, do not begin alike.</summary>
    private static ulong Seed()
    {
        byte[] bytes = Guid.NewGuid().ToByteArray();
        return BitConverter.ToUInt64(bytes, 0) ^ BitConverter.ToUInt64(bytes, 8);
    }
}
