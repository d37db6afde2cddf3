using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What every wait strategy does, in front of producers and in front of other consumers.</summary>
[TestFixtureSource(typeof(Matrix), nameof(Matrix.WaitStrategiesAndProducerTypes))]
public class WaitStrategyContract(WaitStrategyKind kind, ProducerType producerType)
{
    private RingBuffer<ClassEvent> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.Create(producerType, () => new ClassEvent(), 8, kind.Create());

    [Test]
    public void What_is_published_is_let_through_at_once()
    {
        _ring.PublishMany(3);

        Assert.That(_ring.NewBarrier().WaitFor(0), Is.EqualTo(WaitResult.Available(2)));
    }

    [Test]
    public void A_waiter_is_let_through_when_its_event_is_published()
    {
        SequenceBarrier barrier = _ring.NewBarrier();
        WaitResult result = default;
        Background waiter = Background.Run(() => result = barrier.WaitFor(1));
        _ring.PublishNext();
        LetItWait(waiter);

        _ring.PublishNext();

        waiter.Join();
        Assert.That(result, Is.EqualTo(WaitResult.Available(1)));
    }

    [Test]
    public void A_waiter_behind_another_consumer_is_let_through_when_that_one_moves()
    {
        Sequence upstream = new();
        SequenceBarrier barrier = _ring.NewBarrier(upstream);
        _ring.PublishMany(3);
        WaitResult result = default;
        Background waiter = Background.Run(() => result = barrier.WaitFor(0));
        LetItWait(waiter);

        upstream.Set(1);

        waiter.Join();
        Assert.That(result, Is.EqualTo(WaitResult.Available(1)));
    }

    [Test]
    public void A_waiter_behind_several_waits_for_the_slowest()
    {
        Sequence fast = new(), slow = new();
        SequenceBarrier barrier = _ring.NewBarrier(fast, slow);
        _ring.PublishMany(3);
        fast.Set(2);
        WaitResult result = default;
        Background waiter = Background.Run(() => result = barrier.WaitFor(0));
        LetItWait(waiter);

        slow.Set(0);

        waiter.Join();
        Assert.That(result, Is.EqualTo(WaitResult.Available(0)));
    }

    [Test]
    public void All_waiters_are_let_through_by_one_publication()
    {
        Background[] waiters = Background.Run(3, _ =>
            Assert.That(_ring.NewBarrier().WaitFor(0), Is.EqualTo(WaitResult.Available(0))));
        foreach (Background waiter in waiters)
            LetItWait(waiter);

        _ring.PublishNext();

        Background.Join(waiters);
    }

    [Test]
    public void An_alert_ends_the_wait_for_a_producer()
    {
        SequenceBarrier barrier = _ring.NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsAlerted, Is.True));
        LetItWait(waiter);

        barrier.Alert();

        waiter.Join();
    }

    [Test]
    public void An_alert_ends_the_wait_for_another_consumer()
    {
        SequenceBarrier barrier = _ring.NewBarrier(new Sequence());
        _ring.PublishNext();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsAlerted, Is.True));
        LetItWait(waiter);

        barrier.Alert();

        waiter.Join();
    }

    [Test]
    public void An_alert_comes_before_events_and_lasts_until_it_is_cleared()
    {
        SequenceBarrier barrier = _ring.NewBarrier();
        _ring.PublishNext();

        barrier.Alert();
        Assert.That(barrier.WaitFor(0).IsAlerted, Is.True);
        Assert.That(barrier.WaitFor(0).IsAlerted, Is.True);

        barrier.ClearAlert();
        Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Available(0)));
    }

    [Test]
    public void An_alert_stops_one_consumer_and_no_other()
    {
        SequenceBarrier stopped = _ring.NewBarrier(), other = _ring.NewBarrier();

        stopped.Alert();
        _ring.PublishNext();

        Assert.That(other.WaitFor(0), Is.EqualTo(WaitResult.Available(0)));
    }

    [Test]
    public void No_wake_up_is_lost_between_a_producer_and_two_stages()
    {
        int events = kind.Create().IsBlocking ? 5_000 : 500;
        Sequence first = _ring.AddGatingSequence(), second = _ring.AddGatingSequence();
        Background[] consumers =
        [
            Background.Run(() => Follow(_ring.NewBarrier(), first, events)),
            Background.Run(() => Follow(_ring.NewBarrier(first), second, events)),
        ];

        _ring.PublishMany(events);

        Background.Join(consumers);
        Assert.That(second.Value, Is.EqualTo(events - 1));
    }

    private static void Follow(SequenceBarrier barrier, Sequence position, int events)
    {
        while (position.Value < events - 1)
            position.Set(barrier.WaitFor(position.Value + 1).Sequence);
    }

    /// <summary>Until it sleeps, where it sleeps; a waiter that spins cannot be told from one that has not begun.</summary>
    private void LetItWait(Background waiter)
    {
        if (kind.Create().IsBlocking)
            Eventually.Holds(() => waiter.IsAsleep, "it sleeps");
        Assert.That(waiter.HasEnded, Is.False, "nothing it may have seen yet ends its wait");
    }
}
