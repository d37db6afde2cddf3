using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What a poller does, for each producer type, and for events of classes and of structs.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class EventPollerContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;

    private RingBuffer<T> _ring = null!;
    private List<string> _seen = null!;

    [SetUp]
    public void CreateRing()
    {
        _ring = RingBuffer.Create(producerType, () => new T(), Size);
        _seen = [];
    }

    [Test]
    public void There_is_nothing_until_something_is_published()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        Assert.That(Poll(poller), Is.EqualTo(PollState.Idle));

        long sequence = _ring.Next();
        Assert.That(Poll(poller), Is.EqualTo(PollState.Idle), "claimed");
        _ring.Publish(sequence);

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));
        Assert.That(Poll(poller), Is.EqualTo(PollState.Idle));
    }

    [Test]
    public void All_that_is_there_is_handed_over_in_order_and_the_last_is_told_so()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);

        Poll(poller);

        Assert.That(_seen, Is.EqualTo(new[] { "0", "1", "2 end" }));
        Assert.That(poller.Sequence.Value, Is.EqualTo(2));
    }

    [Test]
    public void A_poll_takes_no_more_than_its_limit()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);

        Poll(poller, limit: 2);

        Assert.That(_seen, Is.EqualTo(new[] { "0", "1 end" }));
        Assert.That(poller.Sequence.Value, Is.EqualTo(1));
    }

    [Test]
    public void A_handler_that_asks_for_a_stop_is_done_with_its_event()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);

        PollState state = poller.Poll((ref T _, long sequence, bool _) => sequence != 1);

        Assert.That(state, Is.EqualTo(PollState.Processing));
        Assert.That(poller.Sequence.Value, Is.EqualTo(1));
    }

    [Test]
    public void An_exception_reaches_the_caller_and_its_event_comes_again()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);

        Assert.That(
            () => poller.Poll((ref T _, long sequence, bool _) => sequence != 1 ? true : throw new InvalidDataException("boom")),
            Throws.InstanceOf<InvalidDataException>());

        Assert.That(poller.Sequence.Value, Is.Zero);
        Poll(poller);
        Assert.That(_seen, Is.EqualTo(new[] { "1", "2 end" }));
    }

    [Test]
    public void The_handler_gets_the_event_itself_and_the_state()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishNext(40);

        poller.Poll(static (ref T evt, long _, bool _, int state) => (evt.Value += state) > 0, 2);

        Assert.That(_ring[0].Value, Is.EqualTo(42));
    }

    [Test]
    public void Events_that_were_given_up_are_passed_by()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishNext();
        _ring.GiveUpOne();
        _ring.PublishNext();
        _ring.GiveUpOne();

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));

        Assert.That(_seen, Is.EqualTo(new[] { "0", "2 end" }));
        Assert.That(poller.Sequence.Value, Is.EqualTo(3));
    }

    [Test]
    public void A_poll_that_finds_only_given_up_events_calls_nobody_and_moves_on()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.GiveUpOne();
        _ring.GiveUpOne();

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));

        Assert.That(_seen, Is.Empty);
        Assert.That(poller.Sequence.Value, Is.EqualTo(1));
    }

    [Test]
    public void A_poller_gates_the_ring_from_the_start()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(Size);
        Assert.That(_ring.TryNext(out _), Is.False);

        Poll(poller, limit: 1);

        Assert.That(_ring.TryNext(out _), Is.True);
    }

    [Test]
    public void A_poller_of_a_ring_in_use_begins_with_the_next_event()
    {
        _ring.PublishMany(Size + 2);

        using EventPoller<T> poller = _ring.NewPoller();

        _ring.PublishMany(2);
        Poll(poller);
        Assert.That(_seen, Is.EqualTo(new[] { "6", "7 end" }));
    }

    [Test]
    public void A_poller_that_begins_with_the_oldest_sees_all_that_somebody_has_still_to_handle()
    {
        Sequence slow = _ring.AddGatingSequence();
        Sequence fast = _ring.AddGatingSequence();
        _ring.PublishMany(3);
        fast.Set(2);
        slow.Set(0);

        using EventPoller<T> poller = _ring.NewPoller(StartPosition.Oldest);

        Poll(poller);
        Assert.That(_seen, Is.EqualTo(new[] { "1", "2 end" }));
    }

    [Test]
    public void A_poller_that_begins_with_the_oldest_where_all_stand_beyond_every_event_begins_with_the_next()
    {
        _ring.AddGatingSequence().Set(long.MaxValue);
        _ring.PublishMany(2);

        using EventPoller<T> poller = _ring.NewPoller(StartPosition.Oldest);

        Assert.That(poller.Sequence.Value, Is.EqualTo(1));
    }

    [Test]
    public void A_handler_that_disposes_of_its_poller_is_given_nothing_more()
    {
        EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);
        int handled = 0;

        poller.Poll((ref T evt, long sequence, bool endOfBatch) =>
        {
            handled++;
            poller.Dispose();
            return true;
        });

        Assert.That(handled, Is.EqualTo(1));
    }

    [Test]
    public void A_handler_that_polls_is_refused_and_its_poll_goes_on_afterwards()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(2);

        poller.Poll((ref T evt, long sequence, bool endOfBatch) =>
        {
            Assert.That(() => Poll(poller), Throws.InvalidOperationException);
            return true;
        });

        Assert.That((_seen.Count, poller.Sequence.Value), Is.EqualTo((0, 1L)));
        _ring.PublishNext();
        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing), "it may poll again");
    }

    [Test]
    public void A_poller_that_begins_with_the_oldest_where_nobody_gates_begins_with_the_next()
    {
        _ring.PublishMany(3);

        using EventPoller<T> poller = _ring.NewPoller(StartPosition.Oldest);

        _ring.PublishNext();
        Poll(poller);
        Assert.That(_seen, Is.EqualTo(new[] { "3 end" }));
    }

    [Test]
    public void A_poller_that_begins_with_the_oldest_gates_from_there()
    {
        Sequence slow = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        using EventPoller<T> poller = _ring.NewPoller(StartPosition.Oldest);

        slow.Set(Size - 1);

        Assert.That(_ring.TryNext(out _), Is.False);
        Poll(poller, limit: 1);
        Assert.That(_ring.TryNext(out _), Is.True);
    }

    [Test]
    public void Disposal_lets_producers_go_on()
    {
        EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(Size);
        Background producer = Background.Run(() => _ring.PublishNext());
        Eventually.Holds(() => producer.IsAsleep, "the producer waits");

        poller.Dispose();
        poller.Dispose();

        producer.Join();
        Assert.That(() => Poll(poller), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_poller_behind_another_consumer_sees_what_that_has_handled()
    {
        Sequence upstream = _ring.AddGatingSequence();
        using EventPoller<T> poller = _ring.NewPoller(upstream);
        Assert.That(Poll(poller), Is.EqualTo(PollState.Idle), "nothing is published");
        _ring.PublishMany(3);
        Assert.That(Poll(poller), Is.EqualTo(PollState.Gating), "nothing is handled");

        upstream.Set(1);

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));
        Assert.That(_seen, Is.EqualTo(new[] { "0", "1 end" }));
        Assert.That(Poll(poller), Is.EqualTo(PollState.Gating));
    }

    [Test]
    public void A_poller_of_a_closed_ring_sees_the_rest_and_then_the_end()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(2);
        _ring.Close();

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));
        Assert.That(Poll(poller), Is.EqualTo(PollState.Closed));
    }

    [Test]
    public void A_closed_ring_with_an_open_claim_is_not_at_its_end()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        long sequence = _ring.Next();
        _ring.Close();
        Assert.That(Poll(poller), Is.EqualTo(PollState.Idle));

        _ring.Publish(sequence);

        Assert.That(Poll(poller), Is.EqualTo(PollState.Processing));
        Assert.That(Poll(poller), Is.EqualTo(PollState.Closed));
    }

    [Test]
    public void A_batch_can_be_copied_out_with_the_state()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        _ring.PublishMany(3);
        List<long> batch = [];

        poller.Poll(static (ref T evt, long _, bool _, List<long> batch) =>
        {
            batch.Add(evt.Value);
            return batch.Count < 2;
        }, batch);

        Assert.That(batch, Is.EqualTo(new long[] { 0, 1 }));
    }

    [Test]
    public void Every_event_of_a_producer_that_runs_is_seen_once_and_in_order()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        Background producer = Background.Run(() =>
        {
            _ring.PublishMany(1_000);
            _ring.Close();
        });
        List<long> seen = [];
        StatefulPollHandler<T, List<long>> handler = static (ref T evt, long sequence, bool _, List<long> seen) =>
        {
            seen.Add(evt.Value == sequence ? sequence : long.MinValue);
            return true;
        };

        Background.Run(() =>
        {
            while (poller.Poll(handler, seen) != PollState.Closed)
                Thread.Yield();
        }).Join();

        producer.Join();
        Assert.That(seen, Is.EqualTo(RingExtensions.Range(0, 1_000)));
    }

    [Test]
    public void Polling_allocates_nothing()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        PollHandler<T> handler = static (ref T _, long _, bool _) => true;

        Assert.That(Allocations.Of(PollMany), Is.Zero);

        void PollMany()
        {
            for (int i = 0; i < 1_000; i++)
            {
                _ring.PublishNext();
                poller.Poll(handler);
                _ring.PublishNext();
                poller.Poll(static (ref T _, long _, bool _, int _) => true, 1);
            }
        }
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        using EventPoller<T> poller = _ring.NewPoller();
        Assert.Multiple(() =>
        {
            Assert.That(() => _ring.NewPoller(null!), Throws.ArgumentNullException);
            Assert.That(() => _ring.NewPoller((StartPosition)2), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => _ring.NewPoller([null!]), Throws.ArgumentNullException);
            Assert.That(() => poller.Poll(null!), Throws.ArgumentNullException);
            Assert.That(() => poller.Poll<int>(null!, 1), Throws.ArgumentNullException);
            Assert.That(() => Poll(poller, limit: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    private PollState Poll(EventPoller<T> poller, int limit = int.MaxValue) => poller.Poll(
        (ref T _, long sequence, bool endOfBatch) =>
        {
            _seen.Add($"{sequence}{(endOfBatch ? " end" : "")}");
            return true;
        },
        limit);
}
