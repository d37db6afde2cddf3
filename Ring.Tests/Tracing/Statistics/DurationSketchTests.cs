using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class DurationSketchTests
{
    [Property(MaxTest = 300)]
    public Property Every_percentile_of_any_durations_is_within_one_per_cent_of_the_nearest_rank()
    {
        // Durations of every magnitude, from 100 ns to the longest that there is.
        Gen<long> durations = Gen.Choose(0, 62).SelectMany(bits => Gen.Choose(0, int.MaxValue)
            .Select(value => (1L << bits) - 1 + (long)(value / (double)int.MaxValue * ((1L << bits) - 1))));
        Gen<long[]> repeated = durations.NonEmptyListOf()
            .SelectMany(list => Gen.Choose(1, 5).Select(times => Enumerable.Repeat(list, times).SelectMany(all => all).ToArray()));
        return Prop.ForAll(repeated.ToArbitrary(), IsWithinBound);
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
        for (int bits = 7; bits < 63; bits++)
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
    public void The_longest_duration_is_within_the_bound() => AssertWithinBound(long.MaxValue);

    [Test]
    public void A_sketch_that_saw_all_magnitudes_and_was_cleared_allocates_no_more()
    {
        DurationSketch sketch = new();
        Assert.That(Support.Allocations.Of(() => AddAllMagnitudes(sketch)), Is.Zero);
    }

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
            Assert.That(sketch.Percentile(100), Is.EqualTo(7));
        });
    }

    private static void AddAllMagnitudes(DurationSketch sketch)
    {
        for (int bits = 0; bits < 63; bits++)
            sketch.Add(1L << bits);

        sketch.Clear();
    }

    private static bool IsWithinBound(long[] durations)
    {
        DurationSketch sketch = new();
        long[] sorted = [.. durations.Order()];
        foreach (long ticks in durations)
            sketch.Add(ticks);

        return Enumerable.Range(1, 100).All(percent =>
        {
            // The smallest rank that is no less than the share, without floating point.
            int rank = Enumerable.Range(1, sorted.Length).First(candidate => candidate * 100L >= (long)percent * sorted.Length);
            double bound = DurationSketch.RelativeError * sorted[rank - 1];
            return Math.Abs((double)sketch.Percentile(percent) - sorted[rank - 1]) <= bound;
        });
    }

    private static void AssertWithinBound(long ticks)
    {
        double bound = DurationSketch.RelativeError * ticks;
        Assert.That(Math.Abs((double)Single(ticks) - ticks), Is.LessThanOrEqualTo(bound), $"{ticks} ticks");
    }

    private static long Single(long ticks)
    {
        DurationSketch sketch = new();
        sketch.Add(ticks);
        return sketch.Percentile(50);
    }
}
