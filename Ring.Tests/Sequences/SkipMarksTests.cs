using Ring.Core;

namespace Ring.Tests.Sequences;

[TestFixture]
public class SkipMarksTests
{
    [TestCase(1)]
    [TestCase(4)]
    public void A_mark_is_of_one_sequence_for_ever(int size)
    {
        SkipMarks marks = new(size);
        marks.Add(2);

        Assert.Multiple(() =>
        {
            Assert.That(marks.Contains(2), Is.True);
            Assert.That(marks.Contains(2 + size), Is.False);
            Assert.That(marks.Contains(2 + (size * (1L << 32))), Is.False, "2^32 laps later");
            Assert.That(marks.Contains(0), Is.False, "never marked");
        });
    }

    [Test]
    public void A_later_mark_replaces_that_of_the_lap_before()
    {
        SkipMarks marks = new(2);
        marks.Add(1);
        marks.Add(3);

        Assert.That(marks.Contains(3), Is.True);
        Assert.That(marks.Contains(1), Is.False);
    }
}
