namespace Ring.Tracing;

/// <summary>
/// A histogram of durations that answers percentiles within 1 % of the true value, whatever the durations are, without floating
/// point. It takes 0.5 KiB, and 280 bytes more for each power of two that durations lie in: at most 17 KiB.
/// </summary>
/// <remarks>
/// Not thread-safe. Up to 128 ticks of 100 ns each duration has its own bucket. Above, each doubling is cut into 64 equal
/// buckets, so a bucket is at most 1/64 of its values wide, and its middle is at most 1/128 (0.8 %) away from each of them.
/// </remarks>
internal sealed class DurationSketch
{
    /// <summary>The bound on the relative error of <see cref="Percentile"/>.</summary>
    public const double RelativeError = 0.01;

    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int DurationBits = 63;
    private const int RowCount = DurationBits - SubBucketBits + 1;

    // 64 buckets in each row, made when they are needed. 2^32 spans of one key, in one bucket, in one interval: at most an hour,
    // so more than a million a second.
    private readonly uint[]?[] _rows = new uint[RowCount][];

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    /// <param name="ticks">A duration in 100 ns ticks, not negative.</param>
    public void Add(long ticks)
    {
        int bucket = BucketOf(ticks);
        uint[] row = _rows[bucket >> SubBucketBits] ??= new uint[SubBuckets];
        row[bucket & (SubBuckets - 1)]++;
        Count++;
    }

    /// <summary>
    /// The smallest duration, in ticks, that at least this share of all durations does not exceed (the nearest rank).
    /// </summary>
    /// <param name="percent">From 1 to 100.</param>
    public long Percentile(int percent)
    {
        long rank = ((Count * percent) + 99) / 100;
        long seen = 0;
        for (int bucket = 0; bucket < RowCount * SubBuckets; bucket++)
        {
            if (_rows[bucket >> SubBucketBits] is not { } row)
            {
                bucket |= SubBuckets - 1;
                continue;
            }

            seen += row[bucket & (SubBuckets - 1)];
            if (seen >= rank)
                return MiddleOf(bucket);
        }

        return 0;
    }

    public void Clear()
    {
        foreach (uint[]? row in _rows)
        {
            if (row is not null)
                Array.Clear(row, 0, row.Length);
        }

        Count = 0;
    }

    private static int BucketOf(long ticks)
    {
        int shift = Math.Max(0, BitLength(ticks) - SubBucketBits - 1);
        return (shift << SubBucketBits) + (int)(ticks >> shift);
    }

    private static long MiddleOf(int bucket)
    {
        int shift = Math.Max(0, (bucket >> SubBucketBits) - 1);
        long first = (long)(bucket - (shift << SubBucketBits)) << shift;
        return first + ((1L << shift) >> 1);
    }

    private static int BitLength(long value)
    {
#if NET
        return 64 - global::System.Numerics.BitOperations.LeadingZeroCount((ulong)value);
#else
        int length = 0;
        for (; value > 0; value >>= 1)
            length++;

        return length;
#endif
    }
}
