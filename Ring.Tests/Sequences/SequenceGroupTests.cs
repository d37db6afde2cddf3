using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Sequences;

[TestFixture]
public class SequenceGroupTests
{
    [Test]
    public void The_position_of_a_group_is_that_of_its_slowest()
    {
        SequenceGroup group = new();
        Sequence first = new(7), second = new(3);
        group.Add(first);
        group.Add(second);

        Assert.That((group.Value, group.Count, group.ToString()), Is.EqualTo((3L, 2, "3")));
        second.Set(9);
        Assert.That(group.Value, Is.EqualTo(7));
    }

    [Test]
    public void The_position_of_an_empty_group_is_the_highest_there_is()
    {
        Assert.That((new SequenceGroup().Value, new SequenceGroup().Count), Is.EqualTo((long.MaxValue, 0)));
        Assert.That((new FixedSequenceGroup().Value, new FixedSequenceGroup().Count), Is.EqualTo((long.MaxValue, 0)));
    }

    [Test]
    public void Removing_takes_every_occurrence_and_says_whether_there_was_one()
    {
        SequenceGroup group = new();
        Sequence twice = new(1), other = new(5);
        group.Add(twice);
        group.Add(other);
        group.Add(twice);

        Assert.That(group.Remove(twice), Is.True);
        Assert.That(group.Remove(twice), Is.False);
        Assert.That((group.Value, group.Count), Is.EqualTo((5L, 1)));
    }

    [Test]
    public void Set_moves_all_that_are_members()
    {
        SequenceGroup group = new();
        Sequence member = new(1), leaver = new(2);
        group.Add(member);
        group.Add(leaver);
        group.Remove(leaver);

        group.Set(8);

        Assert.That((member.Value, leaver.Value), Is.EqualTo((8L, 2L)));
    }

    [Test]
    public void Who_is_added_while_the_ring_runs_begins_at_its_cursor()
    {
        RingBuffer<ClassEvent> ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);
        ring.PublishMany(3);
        SequenceGroup group = new();
        Sequence added = new();

        group.AddWhileRunning(ring, added);

        Assert.That((added.Value, group.Value), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void What_is_missing_is_refused_and_nothing_is_added()
    {
        SequenceGroup group = new();
        RingBuffer<ClassEvent> ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);

        Assert.Multiple(() =>
        {
            Assert.That(() => group.Add(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("sequence"));
            Assert.That(() => group.Remove(null!), Throws.ArgumentNullException);
            Assert.That(() => group.AddWhileRunning(ring, null!), Throws.ArgumentNullException);
            Assert.That(() => group.AddWhileRunning(null!, new Sequence()), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("cursored"));
            Assert.That(() => new FixedSequenceGroup(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("sequences"));
            Assert.That(() => new FixedSequenceGroup(new Sequence(), null!), Throws.ArgumentNullException);
        });
        Assert.That(group.Count, Is.Zero);
    }

    [Test]
    public void A_group_can_be_asked_while_others_come_and_go()
    {
        SequenceGroup group = new();
        group.Add(new Sequence(5));

        Background.Join(Background.Run(3, thread =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                Sequence visitor = new(10 + thread);
                group.Add(visitor);
                Assert.That(group.Value, Is.EqualTo(5));
                Assert.That(group.Remove(visitor), Is.True);
            }
        }));

        Assert.That((group.Value, group.Count), Is.EqualTo((5L, 1)));
    }

    [Test]
    public void A_fixed_group_is_what_it_was_made_of()
    {
        Sequence slow = new(3);
        Sequence[] sequences = [new Sequence(7), slow];
        FixedSequenceGroup group = new(sequences);

        sequences[1] = new Sequence(0);

        Assert.That((group.Value, group.Count, group.ToString()), Is.EqualTo((3L, 2, "3")));
        slow.Set(5);
        Assert.That(group.Value, Is.EqualTo(5));
    }

    [Test]
    public void Asking_allocates_nothing()
    {
        SequenceGroup group = new();
        group.Add(new Sequence());
        FixedSequenceGroup fixedGroup = new(new Sequence());

        Assert.That(Allocations.Of(() => _ = group.Value + fixedGroup.Value + group.Count), Is.Zero);
    }
}
