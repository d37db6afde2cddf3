using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What a ring does, for each producer type, and for events of classes and of structs.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class RingBufferContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.Create(producerType, () => new T(), Size);

    [Test]
    public void The_first_sequence_is_zero_and_they_follow_one_another()
    {
        Assert.That(_ring.Cursor, Is.EqualTo(-1));
        Assert.That(Enumerable.Range(0, 10).Select(_ => _ring.PublishNext()), Is.EqualTo(RingExtensions.Range(0, 10)));
    }

    [Test]
    public void The_indexer_is_the_slot_itself()
    {
        _ring[2].Value = 77;

        Assert.That(_ring[2].Value, Is.EqualTo(77));
        Assert.That(_ring[2 + Size].Value, Is.EqualTo(77), "one lap later");
        Assert.That(_ring[1].Value, Is.Zero);
    }

    [Test]
    public void A_claim_of_several_returns_the_highest()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_ring.Next(3), Is.EqualTo(2));
            Assert.That(_ring.TryNext(1, out long hi), Is.True);
            Assert.That(hi, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_claim_shows_consumers_nothing()
    {
        SequenceBarrier barrier = _ring.NewBarrier();

        long sequence = _ring.Next();
        Assert.That(barrier.TryPoll(0, out _), Is.False);
        Assert.That(_ring.IsAvailable(sequence), Is.False);

        _ring.Publish(sequence);
        Assert.That(barrier.TryPoll(0, out WaitResult result), Is.True);
        Assert.That(result.Sequence, Is.EqualTo(0));
        Assert.That(_ring.IsAvailable(sequence), Is.True);
    }

    [Test]
    public void A_second_claim_shows_nothing_of_the_first_also_when_the_ring_was_full()
    {
        // The defect of the neighbours: with a full ring, the second claim stores the first into the cursor.
        Sequence gating = _ring.AddGatingSequence();
        SequenceBarrier barrier = _ring.NewBarrier();
        _ring.PublishMany(Size);
        gating.Set(0);
        _ring.Next();
        gating.Set(1);
        _ring.Next();

        Assert.Multiple(() =>
        {
            Assert.That(barrier.HighestAvailable(Size), Is.LessThan(Size));
            Assert.That(_ring.IsAvailable(Size), Is.False);
        });
    }

    [Test]
    public void Queries_and_refused_claims_show_nothing()
    {
        _ring.AddGatingSequence();
        SequenceBarrier barrier = _ring.NewBarrier();
        _ring.Next();

        _ = _ring.HasAvailableCapacity(Size);
        _ = _ring.RemainingCapacity;
        Assert.That(_ring.TryNext(Size, out _), Is.False);

        Assert.That(barrier.HighestAvailable(0), Is.EqualTo(-1));
        Assert.That(_ring.IsAvailable(0), Is.False);
    }

    [Test]
    public void Publishing_a_range_shows_all_of_it()
    {
        long hi = _ring.Next(3);

        _ring.Publish(hi - 2, hi);

        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(2));
        Assert.That(RingExtensions.Range(0, 3).Select(_ring.IsAvailable), Is.All.True);
    }

    [Test]
    public void A_full_ring_refuses_until_a_consumer_moves()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishMany(Size);

        Assert.That(_ring.TryNext(out _), Is.False);
        Assert.That(_ring.HasAvailableCapacity(1), Is.False);

        gating.Set(1);
        Assert.That(_ring.HasAvailableCapacity(2), Is.True);
        Assert.That(_ring.HasAvailableCapacity(3), Is.False);
        Assert.That(_ring.TryNext(3, out _), Is.False);
        Assert.That(_ring.TryNext(2, out long hi), Is.True);
        Assert.That(hi, Is.EqualTo(Size + 1));
    }

    [Test]
    public void The_slowest_consumer_decides()
    {
        Sequence fast = _ring.AddGatingSequence(), slow = _ring.AddGatingSequence();
        _ring.PublishMany(Size);

        fast.Set(3);
        slow.Set(0);

        Assert.Multiple(() =>
        {
            Assert.That(_ring.MinimumGatingSequence, Is.Zero);
            Assert.That(_ring.RemainingCapacity, Is.EqualTo(1));
            Assert.That(_ring.TryNext(2, out _), Is.False);
            Assert.That(_ring.TryNext(1, out _), Is.True);
        });
    }

    [Test]
    public void Next_waits_while_the_ring_is_full()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        long claimed = -1;
        Background producer = Background.Run(() => claimed = _ring.Next(2));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        gating.Set(0);
        Assert.That(producer.HasEnded, Is.False, "there is room for one, not for two");
        gating.Set(1);

        producer.Join();
        Assert.That(claimed, Is.EqualTo(Size + 1));
    }

    [Test]
    public void Removing_the_consumer_that_blocks_lets_the_producer_go_on()
    {
        Sequence stuck = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        Background producer = Background.Run(() => _ring.Next());
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        Assert.That(_ring.RemoveGatingSequence(stuck), Is.True);

        producer.Join();
        Assert.That(_ring.RemoveGatingSequence(stuck), Is.False);
    }

    [Test]
    public void Without_consumers_the_ring_wraps_and_stays_free()
    {
        for (int i = 0; i < 3 * Size; i++)
        {
            _ring.PublishNext();
            Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
        }

        Assert.That(_ring.MinimumGatingSequence, Is.EqualTo(_ring.Cursor));
    }

    [Test]
    public void What_is_claimed_is_not_free()
    {
        Sequence gating = _ring.AddGatingSequence();
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));

        long hi = _ring.Next(3);
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(1));

        _ring.Publish(hi - 2, hi);
        gating.Set(hi);
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
    }

    [Test]
    public void A_consumer_that_joins_begins_behind_what_was_published()
    {
        _ring.PublishMany(2 * Size);

        Sequence gating = _ring.AddGatingSequence();

        Assert.That(gating.Value, Is.EqualTo((2 * Size) - 1));
        _ring.PublishMany(Size);
        Assert.That(_ring.TryNext(out _), Is.False, "the newcomer gates from its first event on");
    }

    [Test]
    public void An_event_is_available_until_its_slot_is_published_again()
    {
        _ring.PublishMany(Size + 1);

        Assert.Multiple(() =>
        {
            Assert.That(_ring.IsAvailable(-1), Is.False);
            Assert.That(_ring.IsAvailable(0), Is.False, "overwritten");
            Assert.That(_ring.IsAvailable(1), Is.True);
            Assert.That(_ring.IsAvailable(Size), Is.True);
            Assert.That(_ring.IsAvailable(Size + 1), Is.False, "not published yet");
            Assert.That(_ring.IsAvailable(long.MaxValue), Is.False);
        });
    }

    [Test]
    public void An_event_is_available_no_more_once_its_slot_is_claimed_again()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        gating.Set(1);

        long hi = _ring.Next(2);

        Assert.That(RingExtensions.Range(0, Size + 2).Select(_ring.IsAvailable), Is.EqualTo([false, false, true, true, false, false]));
        _ring.Publish(hi - 1, hi);
        Assert.That(RingExtensions.Range(0, Size + 2).Select(_ring.IsAvailable), Is.EqualTo([false, false, true, true, true, true]));
    }

    [Test]
    public void A_claim_that_waits_for_room_makes_no_event_unavailable_that_is_not_handled()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        gating.Set(0);
        Background producer = Background.Run(() => _ring.Next(Size));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        Assert.That(RingExtensions.Range(1, Size - 1).Select(_ring.IsAvailable), Is.All.True);

        gating.Set(Size - 1);
        producer.Join();
        Assert.That(RingExtensions.Range(0, Size).Select(_ring.IsAvailable), Is.All.False);
    }

    [Test]
    public void No_sequence_far_ahead_is_available()
    {
        Assert.That(_ring.IsAvailable(long.MaxValue), Is.False, "of a ring that was never used");
        _ring.PublishNext();
        Assert.That(_ring.IsAvailable((long)Size << 32), Is.False, "2^32 laps ahead");
        Assert.That(_ring.IsAvailable(((long)Size << 32) - 3), Is.False);
    }

    [Test]
    public void The_remaining_capacity_is_in_range_wherever_a_consumer_stands()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishNext();

        gating.Set(long.MaxValue);
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
        gating.Set(long.MinValue);
        Assert.That(_ring.RemainingCapacity, Is.Zero);
    }

    [Test]
    public void A_consumer_that_stands_beyond_every_event_holds_up_nobody_and_protects_no_claim()
    {
        RingBuffer<T> ungated = RingBuffer.Create(producerType, () => new T(), Size);
        _ring.AddGatingSequence().Set(long.MaxValue);
        _ring.Next(Size);
        ungated.Next(Size);

        Assert.That(_ring.TryNext(out _), Is.EqualTo(ungated.TryNext(out _)), "of a slot whose claim is open");
        _ring.Publish(0, Size - 1);
        Assert.That(_ring.TryNext(out _), Is.True, "of one that is published");
    }

    [Test]
    public void A_worker_that_tries_in_vain_makes_nothing_available_that_was_claimed_again()
    {
        Sequence[] pool = Sequence.NewGroup(2);
        _ring.AddGatingSequences(pool);
        _ring.PublishMany(Size);
        pool[0].Set(Size - 1);
        _ring.Next(2);

        // It has read what was taken before the others took more.
        pool[1].Set(Sequence.Initial);

        Assert.That(Enumerable.Range(0, Size).Select(i => _ring.IsAvailable(i)), Is.EqualTo(new[] { false, false, true, true }));
    }

    [Test]
    public void A_barrier_over_consumers_that_stand_beyond_every_event_lets_through_what_is_published()
    {
        SequenceBarrier barrier = _ring.NewBarrier(new Sequence(long.MaxValue));
        _ring.PublishMany(2);

        Assert.That((barrier.HighestAvailable(0), barrier.Cursor), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void A_claim_that_is_interrupted_leaves_the_ring_as_it_was()
    {
        Sequence gating = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        Thread? thread = null;
        Background producer = Background.Run(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            Assert.Throws<ThreadInterruptedException>(() => _ring.Next(2));
        });
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        Volatile.Read(ref thread)!.Interrupt();

        producer.Join();
        Assert.That(_ring.RemainingCapacity, Is.Zero);
        gating.Set(Size - 1);
        Assert.That(_ring.PublishNext(), Is.EqualTo(Size));
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size - 1));
    }

    [Test]
    public void A_factory_that_makes_no_event_is_refused()
    {
        Assert.That(
            () => RingBuffer.Create<ClassEvent>(producerType, () => null!, Size),
            Throws.ArgumentException.With.Message.Contains("slot 0"));
    }

    [Test]
    public void A_scope_that_was_committed_by_a_copy_is_published()
    {
        static void Fill(PublishingScope<T> copy)
        {
            copy.Event.Value = 1;
            copy.Commit();
        }

        using (PublishingScope<T> scope = _ring.PublishEvent())
            Fill(scope);

        Assert.That(_ring.IsAvailable(0), Is.True);
        Assert.That(_ring.IsAbandoned(0), Is.False);
    }

    [Test]
    public void A_copy_of_a_scope_that_is_disposed_of_a_lap_later_does_no_harm()
    {
        PublishingScope<T> scope = _ring.PublishEvent();
        PublishingScope<T> copy = scope;
        scope.Commit();
        _ring.PublishMany(Size);

        copy.Dispose();

        Assert.That(_ring.Cursor, Is.EqualTo(Size));
        Assert.That(_ring.NewBarrier().HighestAvailable(1), Is.EqualTo(Size));
    }

    [Test]
    public void Scopes_that_are_open_together_are_refused_or_passed_by_each_on_its_own()
    {
        PublishingScope<T> first = _ring.PublishEvent();
        if (producerType == ProducerType.Single)
        {
            Assert.That(() => _ring.PublishEvent().Sequence, Throws.InvalidOperationException.With.Message.Contains("open"));
            Assert.That(() => _ring.TryPublishEvent(out _), Throws.InvalidOperationException);
            first.Dispose();
            Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.Zero);
            return;
        }

        // As the compiler does it at the end of a block: the last one first.
        PublishingScope<T> second = _ring.PublishEvent();
        second.Dispose();
        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(-1));
        first.Dispose();
        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(1));
        Assert.That((_ring.IsAbandoned(0), _ring.IsAbandoned(1), _ring.IsAbandoned(2)), Is.EqualTo((true, true, false)));
    }

    [TestCase(int.MinValue)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(Size + 1)]
    [TestCase(int.MaxValue)]
    public void A_claim_of_a_number_out_of_range_is_refused_at_every_entry(int n)
    {
        Action[] entries =
        [
            () => _ring.Next(n),
            () => _ring.TryNext(n, out _),
            () => _ring.HasAvailableCapacity(n),
        ];

        Assert.Multiple(() =>
        {
            foreach (Action entry in entries)
            {
                var exception = Assert.Throws<ArgumentOutOfRangeException>(() => entry())!;
                Assert.That(exception.ParamName, Is.EqualTo("n"));
                Assert.That(exception.ActualValue, Is.EqualTo(n));
                Assert.That(exception.Message, Does.Contain($"from 1 to the ring's size, {Size}"));
            }
        });
        Assert.That(_ring.PublishNext(), Is.Zero, "nothing was claimed");
    }

    [Test]
    public void A_committed_scope_is_published()
    {
        using (PublishingScope<T> scope = _ring.PublishEvent())
        {
            scope.Event.Value = 42;
            Assert.That(_ring.IsAvailable(scope.Sequence), Is.False);
            scope.Commit();
        }

        Assert.That(_ring.IsAvailable(0), Is.True);
        Assert.That(_ring[0].Value, Is.EqualTo(42));
    }

    [Test]
    public void A_scope_gives_access_to_its_event_until_it_is_over()
    {
        PublishingScope<T> scope = _ring.PublishEvent();
        scope.Commit();

        Assert.That(scope.Sequence, Is.Zero);
        try
        {
            scope.Event.Value = 1;
            Assert.Fail("The event belongs to the consumers.");
        }
        catch (InvalidOperationException)
        {
            Assert.That(_ring[0].Value, Is.Zero);
        }

        try
        {
            scope.Commit();
            Assert.Fail("It was committed.");
        }
        catch (InvalidOperationException)
        {
            Assert.That(_ring.IsAvailable(0), Is.True);
        }
    }

    [Test]
    public void A_scope_that_ends_by_an_exception_is_passed_by()
    {
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = new(_ring, _ring.NewBarrier(), handler);
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishNext();
        Assert.Throws<InvalidDataException>(() =>
        {
            using PublishingScope<T> scope = _ring.PublishEvent();
            scope.Event.Value = 666;
            throw new InvalidDataException();
        });
        _ring.PublishNext();

        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => processor.Sequence.Value == 2, "the ring goes on");
        processor.Halt();
        thread.Join();

        Assert.That(handler.Sequences, Is.EqualTo(new long[] { 0, 2 }));
    }

    [Test]
    public void A_scope_is_refused_when_the_ring_is_full()
    {
        _ring.AddGatingSequence();
        for (int i = 0; i < Size; i++)
        {
            Assert.That(_ring.TryPublishEvent(out PublishingScope<T> scope), Is.True);
            scope.Event.Value = i;
            scope.Commit();
        }

        Assert.That(_ring.TryPublishEvent(out _), Is.False);
        Assert.That(_ring.Cursor, Is.EqualTo(Size - 1));
    }

    [Test]
    public void A_closed_ring_refuses_claims_and_keeps_what_was_claimed_before()
    {
        Sequence gating = _ring.AddGatingSequence();
        long before = _ring.Next();

        _ring.Close();
        _ring.Close();

        Assert.Multiple(() =>
        {
            Assert.That(_ring.IsClosed, Is.True);
            Assert.That(_ring.CloseCause, Is.Null);
            Assert.That(() => _ring.Next(), Throws.InstanceOf<RingClosedException>());
            Assert.That(_ring.TryNext(out _), Is.False);
            Assert.That(_ring.HasAvailableCapacity(1), Is.False);
        });
        _ring.Publish(before);
        Assert.That(_ring.TryPublishEvent(out _), Is.False);
        Assert.That(_ring.Cursor, Is.Zero);
        Assert.That(_ring.IsAvailable(0), Is.True);
        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.Zero);
        gating.Set(0);
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
        Assert.That(_ring.ToString(), Does.EndWith("cursor:0 closed"));
    }

    [Test]
    public void A_ring_that_was_never_used_can_be_closed()
    {
        _ring.Close();

        Assert.That(_ring.IsClosed, Is.True);
        Assert.That(_ring.Cursor, Is.EqualTo(-1));
        Assert.That(() => _ring.Next(Size), Throws.InstanceOf<RingClosedException>());
    }

    [Test]
    public void Closing_wakes_a_producer_that_waits_and_tells_it_the_cause()
    {
        _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        RingClosedException? refused = null;
        Background producer = Background.Run(() => refused = Assert.Throws<RingClosedException>(() => _ring.Next()));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");
        InvalidDataException cause = new("why");

        _ring.Close(cause);
        _ring.Close(new InvalidDataException("a later one"));

        producer.Join();
        Assert.That(refused!.InnerException, Is.SameAs(cause));
        Assert.That(refused.Message, Does.Contain("why"));
        Assert.That(_ring.CloseCause, Is.SameAs(cause));
    }

    [Test]
    public void Nothing_is_allocated_on_the_way_of_an_event()
    {
        RingBuffer<T> ring = RingBuffer.Create(producerType, () => new T(), 64);
        Sequence gating = ring.AddGatingSequence();
        SequenceBarrier barrier = ring.NewBarrier();
        Assert.That(Allocations.Of(() => PublishAndConsume(ring, barrier, gating, 1_000)), Is.Zero);
    }

    private static void PublishAndConsume(RingBuffer<T> ring, SequenceBarrier barrier, Sequence gating, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            ring.PublishNext();
            long hi = ring.Next(2);
            ring.Publish(hi - 1, hi);
            if (ring.TryNext(out long sequence))
                ring.Publish(sequence);
            using (PublishingScope<T> scope = ring.PublishEvent())
                scope.Commit();
            gating.Set(barrier.WaitFor(gating.Value + 1).Sequence);
        }
    }
}
