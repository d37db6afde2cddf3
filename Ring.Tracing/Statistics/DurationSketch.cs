namespace Ring.Tracing;

/// <summary>
/// A histogram of durations that answers percentiles within 1 % of the true value, in a fixed 8.5 KiB, without floating point.
/// </summary>
/// <remarks>
/// Not thread-safe. Up to 128 ticks of 100 ns each duration has its own bucket. Above, each doubling is cut into 64 equal
/// buckets, so a bucket is at most 1/64 of its values wide, and its middle is at most 1/128 (0.8 %) away from each of them.
/// Durations from 2^40 ticks (30 hours) on share the last bucket.
/// </remarks>
internal sealed class DurationSketch
{
    /// <summary>The bound on the relative error of <see cref="Percentile"/>.</summary>
    public const double RelativeError = 0.01;

    private const int SubBucketBits = 6;
    private const int LargestBits = 40;
    private const long Largest = (1L << LargestBits) - 1;
    private const int BucketCount = (LargestBits - SubBucketBits + 1) << SubBucketBits;

    // 2^32 spans of one key, in one bucket, in one interval: at most an hour, so more than a million a second.
    private readonly uint[] _buckets = new uint[BucketCount];
    private int _lowest = BucketCount;
    private int _highest = -1;

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    /// <param name="ticks">A duration in 100 ns ticks, not negative.</param>
    public void Add(long ticks)
    {
        int bucket = BucketOf(Math.Min(ticks, Largest));
        _buckets[bucket]++;
        _lowest = Math.Min(_lowest, bucket);
        _highest = Math.Max(_highest, bucket);
        Count++;
    }

    /// <summary>The smallest duration, in ticks, that at least this share of all durations does not exceed.</summary>
    /// <param name="share">Above 0, up to 1: 0.99 for the 99th percentile.</param>
    public long Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int bucket = _lowest; bucket <= _highest; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank)
                return MiddleOf(bucket);
        }

        return 0;
    }

    public void Clear()
    {
        if (_highest >= 0)
            Array.Clear(_buckets, _lowest, _highest - _lowest + 1);

        _lowest = BucketCount;
        _highest = -1;
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
