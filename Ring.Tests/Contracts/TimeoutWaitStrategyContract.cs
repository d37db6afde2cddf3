using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What the strategies whose waits may time out do besides.</summary>
[TestFixture(WaitStrategyKind.TimeoutBlocking)]
[TestFixture(WaitStrategyKind.LiteTimeoutBlocking)]
public class TimeoutWaitStrategyContract(WaitStrategyKind kind)
{
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MaxValue + 1d)]
    public void A_timeout_out_of_range_is_refused_by_name_and_value(double milliseconds)
    {
        TimeSpan timeout = TimeSpan.FromMilliseconds(milliseconds);

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => kind.Create(timeout))!;

        Assert.That(exception.ParamName, Is.EqualTo("timeout"));
        Assert.That(exception.ActualValue, Is.EqualTo(timeout));
    }

    [Test]
    public void The_longest_and_the_shortest_timeout_are_good()
    {
        Assert.That(() => kind.Create(TimeSpan.FromMilliseconds(int.MaxValue)), Throws.Nothing);
        Assert.That(CreateRing(TimeSpan.FromTicks(1)).NewBarrier().WaitFor(0).IsTimedOut, Is.True);
    }

    [Test]
    public void A_wait_for_nothing_times_out() =>
        Assert.That(CreateRing(TimeSpan.FromMilliseconds(1)).NewBarrier().WaitFor(0).IsTimedOut, Is.True);

    [Test]
    public void A_wait_never_times_out_early()
    {
        TimeSpan timeout = TimeSpan.FromMilliseconds(5);
        SequenceBarrier barrier = CreateRing(timeout).NewBarrier();
        Deadline deadline = Deadline.After(timeout);

        Assert.That(barrier.WaitFor(0).IsTimedOut, Is.True);

        Assert.That(deadline.HasPassed, Is.True);
    }

    [Test]
    public void A_wait_for_another_consumer_times_out_too()
    {
        RingBuffer<ClassEvent> ring = CreateRing(TimeSpan.FromMilliseconds(1));
        Sequence upstream = new();
        ring.PublishNext();

        Assert.That(ring.NewBarrier(upstream).WaitFor(0).IsTimedOut, Is.True);
    }

    [Test]
    public void Wake_ups_that_bring_nothing_do_not_prolong_the_wait() =>
        ExpectTimeoutInSpiteOf((ring, _) => ring.NewBarrier(), (strategy, _) => strategy.SignalAllWhenBlocking());

    [Test]
    public void Wake_ups_that_bring_nothing_do_not_prolong_the_wait_for_another_consumer() =>
        ExpectTimeoutInSpiteOf((ring, upstream) => ring.NewBarrier(upstream), (_, upstream) => upstream.Set(Sequence.Initial));

    private void ExpectTimeoutInSpiteOf(
        Func<RingBuffer<ClassEvent>, Sequence, SequenceBarrier> newBarrier,
        Action<IWaitStrategy, Sequence> wake)
    {
        IWaitStrategy strategy = kind.Create(TimeSpan.FromMilliseconds(50));
        Sequence upstream = new();
        SequenceBarrier barrier = newBarrier(RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, strategy), upstream);
        bool over = false;
        Background waker = Background.Run(() =>
        {
            while (!Volatile.Read(ref over))
                wake(strategy, upstream);
        });

        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsTimedOut, Is.True));

        waiter.Join();
        Volatile.Write(ref over, true);
        waker.Join();
    }

    private RingBuffer<ClassEvent> CreateRing(TimeSpan timeout) =>
        RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, kind.Create(timeout));
}
