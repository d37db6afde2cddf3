using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class DurationSketchTests
{
    private static readonly double[] Shares = [0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

    [Property(MaxTest = 300)]
    public Property Percentiles_are_within_one_per_cent_of_the_true_ones()
    {
        // Durations of every magnitude: 100 ns to 30 hours.
        Gen<long> durations = Gen.Choose(0, 39).SelectMany(bits => Gen.Choose(0, int.MaxValue)
            .Select(value => (1L << bits) + (long)(value / (double)int.MaxValue * ((1L << bits) - 1))));
        return Prop.ForAll(durations.NonEmptyListOf().ToArbitrary(), IsWithinBound);
    }

    [Test]
    public void Short_durations_are_exact()
    {
        for (long ticks = 0; ticks < 128; ticks++)
            Assert.That(Single(ticks), Is.EqualTo(ticks));
    }

    [Test]
    public void The_bound_holds_at_both_ends_of_each_bucket_boundary()
    {
        for (int bits = 7; bits < 40; bits++)
        {
            for (long step = 0; step < 64; step++)
            {
                long boundary = (64 + step) << (bits - 6);
                AssertWithinBound(boundary);
                AssertWithinBound(boundary - 1);
            }
        }
    }

    [Test]
    public void Durations_beyond_the_scale_share_the_last_bucket()
        => Assert.That(Single(long.MaxValue), Is.EqualTo(Single((1L << 40) - 1)));

    [Test]
    public void A_cleared_sketch_is_empty()
    {
        DurationSketch sketch = new();
        sketch.Add(5);
        sketch.Add(1_000_000);
        sketch.Clear();
        sketch.Add(7);

        Assert.Multiple(() =>
        {
            Assert.That(sketch.Count, Is.EqualTo(1));
            Assert.That(sketch.Percentile(1), Is.EqualTo(7));
        });
    }

    private static bool IsWithinBound(IEnumerable<long> durations)
    {
        DurationSketch sketch = new();
        long[] sorted = [.. durations.Order()];
        foreach (long ticks in sorted)
            sketch.Add(ticks);

        return Array.TrueForAll(Shares, share =>
        {
            long truth = sorted[Math.Max(1, (int)Math.Ceiling(share * sorted.Length)) - 1];
            return Math.Abs(sketch.Percentile(share) - truth) <= DurationSketch.RelativeError * truth;
        });
    }

    private static void AssertWithinBound(long ticks)
    {
        double bound = DurationSketch.RelativeError * ticks;
        Assert.That(Math.Abs(Single(ticks) - ticks), Is.LessThanOrEqualTo(bound), $"{ticks} ticks");
    }

    private static long Single(long ticks)
    {
        DurationSketch sketch = new();
        sketch.Add(ticks);
        return sketch.Percentile(0.5);
    }
}
