using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Buffers;

[TestFixture]
public class RingBufferTests
{
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(3)]
    [TestCase(int.MaxValue)]
    public void A_size_that_is_no_power_of_two_is_refused_before_the_factory_is_called(int size)
    {
        foreach (ProducerType producerType in new[] { ProducerType.Single, ProducerType.Multi })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => RingBuffer.Create<ClassEvent>(producerType, Fail, size))!;
            Assert.That(exception.ParamName, Is.EqualTo("bufferSize"));
            Assert.That(exception.ActualValue, Is.EqualTo(size));
        }

        static ClassEvent Fail() => throw new InvalidOperationException("the factory was called");
    }

    [Test]
    public void A_missing_factory_is_refused() => Assert.That(
        () => RingBuffer.CreateSingleProducer<ClassEvent>(null!, 8),
        Throws.ArgumentNullException.With.Property("ParamName").EqualTo("factory"));

    [Test]
    public void A_producer_type_that_is_none_is_refused() => Assert.That(
        () => RingBuffer.Create((ProducerType)7, () => new ClassEvent(), 8),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("producerType"));

    [Test]
    public void Missing_sequences_are_refused()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 8);

        Assert.Multiple(() =>
        {
            Assert.That(() => ring.AddGatingSequences(null!), Throws.ArgumentNullException);
            Assert.That(() => ring.AddGatingSequences(new Sequence(), null!), Throws.ArgumentNullException);
            Assert.That(() => ring.RemoveGatingSequence(null!), Throws.ArgumentNullException);
            Assert.That(() => ring.NewBarrier(new Sequence(), null!), Throws.ArgumentNullException);
        });
        Assert.That(ring.RemainingCapacity, Is.EqualTo(8), "nobody was added");
    }

    [Test]
    public void A_ring_of_one_slot_works()
    {
        foreach (ProducerType producerType in new[] { ProducerType.Single, ProducerType.Multi })
        {
            var ring = RingBuffer.Create(producerType, () => new ClassEvent(), 1);
            Sequence gating = ring.AddGatingSequence();
            SequenceBarrier barrier = ring.NewBarrier();
            for (long i = 0; i < 5; i++)
            {
                ring.PublishNext();
                Assert.That(ring.TryNext(out _), Is.False);
                Assert.That(barrier.WaitFor(i).Sequence, Is.EqualTo(i));
                gating.Set(i);
            }
        }
    }

    [Test]
    public void Consumers_of_several_producers_stop_in_front_of_what_is_claimed_and_not_published()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 8);
        SequenceBarrier barrier = ring.NewBarrier();
        long first = ring.Next(), second = ring.Next(), third = ring.Next();

        ring.Publish(second);
        Assert.That(barrier.TryPoll(0, out _), Is.False);
        ring.Publish(first);
        Assert.That(barrier.HighestAvailable(0), Is.EqualTo(second));
        ring.Publish(third);
        Assert.That(barrier.HighestAvailable(0), Is.EqualTo(third));
    }

    [Test]
    public void Claims_of_several_threads_are_disjoint_and_without_a_gap()
    {
        const int Threads = 4, Claims = 5_000;
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 1024);
        long[][] claimed = new long[Threads][];

        Background.Join(Background.Run(Threads, t =>
        {
            List<long> mine = [];
            for (int i = 0; i < Claims; i++)
            {
                int n = 1 + (i % 3);
                long hi = ring.Next(n);
                for (long s = hi - n + 1; s <= hi; s++)
                    mine.Add(s);
                ring.Publish(hi - n + 1, hi);
            }

            claimed[t] = [.. mine];
        }));

        long[] all = [.. claimed.SelectMany(c => c).Order()];
        Assert.That(all, Is.EqualTo(RingExtensions.Range(0, all.Length)));
        Assert.That(ring.Cursor, Is.EqualTo(all.Length - 1));
    }

    [Test]
    public void No_claim_succeeds_once_closing_has_returned()
    {
        const int Threads = 3;
        for (int round = 0; round < 50; round++)
        {
            var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 1024);
            long[] claims = new long[Threads];
            Background[] producers = Background.Run(Threads, t =>
            {
                while (ring.TryNext(out long sequence))
                {
                    ring.Publish(sequence);
                    claims[t]++;
                }
            });

            SpinWait.SpinUntil(() => ring.Cursor > 100);
            ring.Close();
            long cursor = ring.Cursor;

            Background.Join(producers);
            Assert.That(ring.Cursor, Is.EqualTo(cursor));
            Assert.That(claims.Sum(), Is.EqualTo(cursor + 1));
        }
    }

    [Test]
    public void The_text_says_where_the_ring_is() => Assert.That(
        RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8).ToString(),
        Is.EqualTo("RingBuffer<ClassEvent> bufferSize:8 remainingCapacity:8 cursor:-1"));
}
