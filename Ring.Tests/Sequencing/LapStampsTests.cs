using Ring.Core;

namespace Ring.Tests.Sequencing;

[TestFixture]
public class LapStampsTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(8)]
    public void A_mark_belongs_to_one_sequence_and_ends_with_the_lap(int size)
    {
        LapStamps stamps = new(size);
        for (long sequence = 0; sequence < 5L * size; sequence++)
        {
            Assert.That(stamps.IsMarked(sequence), Is.False, $"{sequence} before");
            stamps.Mark(sequence);
            Assert.That(stamps.IsMarked(sequence), Is.True, $"{sequence} after");
            Assert.That(sequence < size || !stamps.IsMarked(sequence - size), Is.True, $"{sequence - size} ended");
            Assert.That(stamps.IsMarked(sequence + size), Is.False, $"{sequence + size} is of the next lap");
        }
    }

    [Test]
    public void A_mark_counts_for_all_laps_before_it()
    {
        LapStamps stamps = new(2);
        Assert.That(stamps.IsMarkedSince(1), Is.False);
        stamps.Mark(3);
        Assert.That((stamps.IsMarkedSince(1), stamps.IsMarkedSince(3), stamps.IsMarkedSince(5)), Is.EqualTo((true, true, false)));
    }

    [TestCase(1L << 31)]
    [TestCase(1L << 32)]
    [TestCase(1L << 40)]
    public void Laps_are_told_apart_where_their_number_overflows_the_stamp(long lap)
    {
        const int Size = 2;
        LapStamps stamps = new(Size);
        for (long sequence = (lap - 1) * Size; sequence < (lap + 2) * Size; sequence++)
        {
            stamps.Mark(sequence);
            Assert.That(stamps.IsMarked(sequence), Is.True);
            Assert.That(stamps.IsMarked(sequence - Size), Is.False);
            Assert.That(stamps.IsMarked(sequence + Size), Is.False);
        }
    }
}
