using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Sequences;

[TestFixture]
public class SequenceTests
{
    [Test]
    public void A_new_sequence_is_before_the_first_event() => Assert.That(new Sequence().Value, Is.EqualTo(-1));

    [Test]
    public void Set_moves_it()
    {
        Sequence sequence = new(5);
        sequence.Set(7);
        Assert.That(sequence.Value, Is.EqualTo(7));
        sequence.SetFenced(8);
        Assert.That(sequence.Value, Is.EqualTo(8));
    }

    [Test]
    public void CompareAndSet_moves_it_only_from_where_the_caller_saw_it()
    {
        Sequence sequence = new(5);

        Assert.Multiple(() =>
        {
            Assert.That(sequence.CompareAndSet(4, 9), Is.False);
            Assert.That(sequence.Value, Is.EqualTo(5));
            Assert.That(sequence.CompareAndSet(5, 9), Is.True);
            Assert.That(sequence.Value, Is.EqualTo(9));
        });
    }

    [Test]
    public void Additions_return_the_position_that_their_names_say()
    {
        Sequence sequence = new(10);

        Assert.Multiple(() =>
        {
            Assert.That(sequence.IncrementAndGet(), Is.EqualTo(11));
            Assert.That(sequence.AddAndGet(4), Is.EqualTo(15));
            Assert.That(sequence.GetAndAdd(5), Is.EqualTo(15));
            Assert.That(sequence.Value, Is.EqualTo(20));
            Assert.That(sequence.ToString(), Is.EqualTo("20"));
        });
    }

    [Test]
    public void No_addition_of_several_threads_is_lost()
    {
        Sequence sequence = new(0);

        Background.Join(Background.Run(4, _ =>
        {
            for (int i = 0; i < 10_000; i++)
                sequence.IncrementAndGet();
        }));

        Assert.That(sequence.Value, Is.EqualTo(40_000));
    }

    [Test]
    public void Every_way_to_move_it_tells_the_listeners()
    {
        Sequence sequence = new();
        int told = 0;
        sequence.AddListener(() => told++);

        sequence.Set(1);
        sequence.SetFenced(2);
        sequence.IncrementAndGet();
        sequence.AddAndGet(1);
        sequence.GetAndAdd(1);
        sequence.CompareAndSet(5, 6);

        Assert.That(told, Is.EqualTo(6));
    }

    [Test]
    public void A_move_that_did_not_happen_tells_nobody()
    {
        Sequence sequence = new();
        int told = 0;
        sequence.AddListener(() => told++);

        sequence.CompareAndSet(3, 4);

        Assert.That(told, Is.Zero);
    }

    [Test]
    public void A_listener_is_kept_once_and_can_be_removed()
    {
        Sequence sequence = new();
        int told = 0;
        Action listener = () => told++;
        sequence.AddListener(listener);
        sequence.AddListener(listener);
        sequence.Set(1);
        Assert.That(told, Is.EqualTo(1));

        sequence.RemoveListener(listener);
        sequence.RemoveListener(listener);
        sequence.Set(2);
        Assert.That(told, Is.EqualTo(1));
    }
}
