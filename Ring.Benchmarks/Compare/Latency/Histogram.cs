namespace Ring.Benchmarks.Compare.Latency;

/// <summary>
/// Counts of durations with a high dynamic range: up to 128 ns each has its own bucket, above each doubling is cut into 64, so that a
/// percentile is at most 0.8 % off. The idea is that of Gil Tene's HdrHistogram.
/// </summary>
internal sealed class Histogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    private const int FewestBeyond = 10;

    private readonly long[] _counts = new long[(64 - SubBucketBits) * SubBuckets];

    public long Count { get; private set; }

    /// <param name="nanoseconds">A duration; less than zero counts as zero.</param>
    /// <param name="times">How often it was seen.</param>
    public void Add(long nanoseconds, long times = 1)
    {
        _counts[BucketOf(Math.Max(0, nanoseconds))] += times;
        Count += times;
    }

    public void Add(Histogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];

        Count += other.Count;
    }

    /// <summary>Whether so many durations are beyond a percentile that it is more than the luck of a few.</summary>
    /// <param name="share">From 0 to 1.</param>
    public bool IsCertain(double share) => (1 - share) * Count >= FewestBeyond - 1e-6;

    /// <summary>The duration that this share of all does not exceed, in nanoseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return MiddleOf(i);
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        int shift = Math.Max(0, 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value) - SubBucketBits);
        return (shift << SubBucketBits) + (int)(value >> shift);
    }

    private static double MiddleOf(int bucket)
    {
        int shift = Math.Max(0, (bucket >> SubBucketBits) - 1);
        long first = (long)(bucket - (shift << SubBucketBits)) << shift;
        return first + (((1L << shift) - 1) / 2.0);
    }
}
