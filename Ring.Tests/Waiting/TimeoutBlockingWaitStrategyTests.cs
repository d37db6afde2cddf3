using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Waiting;

[TestFixture]
public class TimeoutBlockingWaitStrategyTests
{
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MaxValue + 1d)]
    public void A_timeout_out_of_range_is_refused_by_name_and_value(double milliseconds)
    {
        TimeSpan timeout = TimeSpan.FromMilliseconds(milliseconds);

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new TimeoutBlockingWaitStrategy(timeout))!;

        Assert.That(exception.ParamName, Is.EqualTo("timeout"));
        Assert.That(exception.ActualValue, Is.EqualTo(timeout));
    }

    [Test]
    public void A_wait_for_nothing_times_out()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));

        Assert.That(ring.NewBarrier().WaitFor(0).IsTimedOut, Is.True);
    }

    [Test]
    public void A_wait_for_another_consumer_times_out_too()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        Sequence upstream = new();
        ring.PublishNext();

        Assert.That(ring.NewBarrier(upstream).WaitFor(0).IsTimedOut, Is.True);
    }

    [Test]
    public void Wake_ups_that_bring_nothing_do_not_prolong_the_wait()
    {
        TimeoutBlockingWaitStrategy strategy = new(TimeSpan.FromMilliseconds(50));
        var ring = RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, strategy);
        SequenceBarrier barrier = ring.NewBarrier();
        bool over = false;
        Background waker = Background.Run(() =>
        {
            while (!Volatile.Read(ref over))
                strategy.SignalAllWhenBlocking();
        });

        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsTimedOut, Is.True));

        waiter.Join();
        Volatile.Write(ref over, true);
        waker.Join();
    }
}
