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
    public void A_claim_that_is_published_late_keeps_its_slot_when_a_consumer_joins_meanwhile()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);
        long late = ring.Next();
        ring.PublishMany(3);
        Assert.That(ring.TryNext(out _), Is.False, "the slot is still being written, though nobody gates");
        Sequence joined = ring.AddGatingSequence();
        Assert.That(joined.Value, Is.EqualTo(3));
        Assert.That(ring.TryNext(out _), Is.False, "nor when the newcomer stands beyond it");

        ring.Publish(late);

        ring.PublishMany(4);
        Assert.That(ring.NewBarrier().HighestAvailable(4), Is.EqualTo(7));
        Assert.That(ring.TryNext(out _), Is.False);
    }

    [Test]
    public void A_producer_that_waits_for_anothers_claim_goes_on_when_that_is_published()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);
        long late = ring.Next();
        ring.PublishMany(3);
        Background producer = Background.Run(() => ring.PublishNext());
        Eventually.Holds(() => producer.IsAsleep, "it sleeps, though no consumer will ever wake it");

        ring.Publish(late);

        producer.Join();
    }

    [Test]
    public void A_claim_that_is_published_late_keeps_its_slot_when_one_consumer_takes_the_place_of_another()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);
        Sequence old = ring.AddGatingSequence();
        ring.PublishMany(2);
        long late = ring.Next();
        ring.PublishNext();
        old.Set(1);
        Sequence joined = ring.AddGatingSequence();
        ring.RemoveGatingSequence(old);
        Assert.That(joined.Value, Is.EqualTo(3));

        List<long> claimed = [];
        while (ring.TryNext(out long sequence))
        {
            claimed.Add(sequence);
            ring.Publish(sequence);
        }

        Assert.That(claimed, Is.EqualTo(new long[] { 4, 5 }), "6 lies where the late one lies");
        ring.Publish(late);
        Assert.That(ring.TryNext(2, out long hi), Is.True);
        ring.Publish(hi - 1, hi);
        Assert.That(ring.NewBarrier().HighestAvailable(4), Is.EqualTo(7));
    }

    [TestCase(ProducerType.Single, 1)]
    [TestCase(ProducerType.Multi, 3)]
    public void Consumers_that_join_and_leave_while_producers_run_miss_nothing_from_where_they_begin(ProducerType producerType, int producers)
    {
        foreach (int size in new[] { 2, 64 })
        {
            var ring = RingBuffer.Create(producerType, () => default(StructEvent), size);
            Background[] threads = Background.Run(producers, _ =>
            {
                try
                {
                    while (true)
                        ring.PublishNext();
                }
                catch (RingClosedException)
                {
                    // The end of the test.
                }
            });

            for (int visit = 0; visit < 200; visit++)
                Visit(ring);

            ring.Close();
            Background.Join(threads);
        }
    }

    /// <summary>Joins, handles some events, and leaves.</summary>
    private static void Visit(RingBuffer<StructEvent> ring)
    {
        Sequence position = ring.AddGatingSequence();
        SequenceBarrier barrier = ring.NewBarrier();
        long begin = position.Value;
        while (position.Value < begin + 20)
        {
            long next = position.Value + 1;
            long available = barrier.WaitFor(next).Sequence;
            for (; next <= available; next++)
                Assert.That(ring[next].Value, Is.EqualTo(next));
            position.Set(available);
        }

        ring.RemoveGatingSequence(position);
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
        for (int round = 0; round < 10; round++)
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

            Eventually.Holds(() => ring.Cursor > 100, "they have begun");
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
