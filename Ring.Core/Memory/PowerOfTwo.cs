namespace Ring.Core;

/// <summary>Ring sizes are powers of two, so that a sequence becomes an index by a mask and a lap number by a shift.</summary>
/// <remarks>Pure functions: every thread may call them.</remarks>
internal static class PowerOfTwo
{
    /// <summary>The largest ring, 2^30 slots: the largest power of two that an array can hold with padding.</summary>
    public const int Max = 1 << 30;

    /// <summary>Throws unless <paramref name="size"/> is a power of two from 1 to <see cref="Max"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Check(int size, string parameterName)
    {
        if (size is < 1 or > Max || (size & (size - 1)) != 0)
            throw new ArgumentOutOfRangeException(parameterName, size, $"Must be a power of two from 1 to {Max}.");
    }

    /// <summary>The exponent of a power of two.</summary>
    public static int Log2(int size)
    {
        int log = 0;
        while (1 << log < size)
            log++;
        return log;
    }
}
