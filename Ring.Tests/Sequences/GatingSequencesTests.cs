using Ring.Core;

namespace Ring.Tests.Sequences;

[TestFixture]
public class GatingSequencesTests
{
    [Test]
    public void The_minimum_of_none_is_the_bound() =>
        Assert.That(GatingSequences.Minimum(new GatingSequences().Snapshot, 42), Is.EqualTo(42));

    [TestCase(100, 3)]
    [TestCase(2, 2)]
    public void The_minimum_is_that_of_the_slowest_but_no_more_than_the_bound(long bound, long minimum) =>
        Assert.That(GatingSequences.Minimum([new Sequence(7), new Sequence(3), new Sequence(9)], bound), Is.EqualTo(minimum));

    [Test]
    public void Those_that_join_begin_at_the_cursor()
    {
        GatingSequences set = new();
        Sequence first = new(), second = new();

        set.Add([first, second], _ => 17);

        Assert.Multiple(() =>
        {
            Assert.That(set.Snapshot, Is.EqualTo(new[] { first, second }));
            Assert.That(first.Value, Is.EqualTo(17));
            Assert.That(second.Value, Is.EqualTo(17));
        });
    }

    [Test]
    public void The_least_of_none_is_the_bound() => Assert.That(GatingSequences.MinimumOfRising([], 9), Is.EqualTo(9));

    [Test]
    public void The_least_of_those_of_a_pool_that_never_fall_is_what_it_has_taken()
    {
        Sequence[] pool = Sequence.NewGroup(2);
        pool[0].Set(7);
        pool[1].Set(3);

        Assert.That(GatingSequences.MinimumOfRising(pool, 9), Is.EqualTo(7), "a worker that tries to take an old event in vain says 3 for a moment");
        Assert.That(GatingSequences.MinimumOfRising([.. pool, new Sequence(5)], 9), Is.EqualTo(5));
    }

    [Test]
    public void Those_that_replace_are_there_once()
    {
        GatingSequences set = new();
        Sequence leaving = new(), staying = new();
        set.Add([leaving, staying], _ => 7);

        set.Replace([leaving], [staying]);

        Assert.That(set.Snapshot, Is.EqualTo(new[] { staying }));
    }

    [Test]
    public void One_that_was_added_twice_is_there_once_and_removing_it_says_whether_it_was()
    {
        GatingSequences set = new();
        Sequence twice = new(), other = new();
        set.Add([twice, other, twice], _ => 0);

        Assert.Multiple(() =>
        {
            Assert.That(set.Snapshot, Is.EqualTo(new[] { twice, other }));
            Assert.That(set.Remove(twice), Is.True);
            Assert.That(set.Remove(twice), Is.False);
            Assert.That(set.Snapshot, Is.EqualTo(new[] { other }));
        });
    }

    [Test]
    public void Replacing_keeps_the_positions_of_those_that_come_in()
    {
        GatingSequences set = new();
        Sequence before = new(), beside = new(), after = new(5);
        set.Add([before, beside], _ => 9);

        set.Replace([before, new Sequence()], [after]);

        Assert.Multiple(() =>
        {
            Assert.That(set.Snapshot, Is.EqualTo(new[] { beside, after }));
            Assert.That(after.Value, Is.EqualTo(5));
        });
    }

    [Test]
    public void A_snapshot_keeps_its_members_when_others_take_their_place()
    {
        GatingSequences set = new();
        Sequence first = new();
        set.Add([first], _ => 0);
        Sequence[] snapshot = set.Snapshot;

        set.Replace([first], [new Sequence()]);

        Assert.That(snapshot, Is.EqualTo(new[] { first }));
    }
}
