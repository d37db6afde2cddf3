using Ring.Core;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class DozingWaitStrategyTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Test]
    public void What_is_there_is_returned_at_once()
    {
        RingBuffer<StructEvent> ring = Create(Long);
        ring.PublishMany(2);

        Assert.That(ring.NewBarrier().WaitFor(0).Sequence, Is.EqualTo(1));
    }

    [Test]
    public void Whoever_dozes_looks_without_being_told()
    {
        // Not this one's ring: nobody signals it.
        DozingWaitStrategy strategy = new(Long, doze: TimeSpan.FromSeconds(1));
        RingBuffer<StructEvent> ring = RingBuffer.CreateMultiProducer(() => new StructEvent(), 64, new BusySpinWaitStrategy());
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiting = Background.Run(() => Assert.That(strategy.WaitFor(0, barrier).Sequence, Is.Zero));

        ring.PublishNext();

        waiting.Join();
    }

    [Test]
    public void Whoever_has_fallen_asleep_is_woken()
    {
        RingBuffer<StructEvent> ring = Create(Long);
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiting = Background.Run(() => Assert.That(barrier.WaitFor(0).Sequence, Is.Zero));
        for (int look = 0; look < 200; look++)
            Eventually.Holds(() => waiting.IsAsleep, "dozes, one after another, and then sleeps");

        ring.PublishNext();

        waiting.Join();
    }

    [Test]
    public void A_wait_in_vain_ends_with_the_time() =>
        Assert.That(Create(TimeSpan.FromMilliseconds(1)).NewBarrier().WaitFor(0), Is.EqualTo(WaitResult.TimedOut));

    [Test]
    public void An_alert_ends_a_wait()
    {
        SequenceBarrier barrier = Create(Long).NewBarrier();
        Background waiting = Background.Run(() => Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Alerted)));

        barrier.Alert();

        waiting.Join();
    }

    [Test]
    public void A_nudge_ends_a_doze()
    {
        // Not this one's ring: nobody signals it.
        DozingWaitStrategy strategy = new(Long, doze: Long);
        RingBuffer<StructEvent> ring = RingBuffer.CreateMultiProducer(() => new StructEvent(), 64, new BusySpinWaitStrategy());
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiting = Background.Run(() => Assert.That(strategy.WaitFor(0, barrier).Sequence, Is.Zero));
        Eventually.Holds(() => waiting.IsAsleep, "dozes");
        ring.PublishNext();

        // One just before the doze would be lost.
        Eventually.Holds(() => NudgeAndLook(strategy, waiting), "the doze ends");
        waiting.Join();
    }

    [Test]
    public void Nudges_harm_nobody_whether_somebody_dozes_or_not()
    {
        DozingWaitStrategy strategy = new(TimeSpan.FromMilliseconds(1));
        SequenceBarrier barrier = RingBuffer.CreateMultiProducer(() => new StructEvent(), 64, strategy).NewBarrier();
        using CancellationTokenSource over = new();
        Background nudging = Background.Run(() =>
        {
            while (!over.IsCancellationRequested)
                strategy.Nudge();
        });

        Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.TimedOut));
        over.Cancel();
        nudging.Join();
    }

    private static bool NudgeAndLook(DozingWaitStrategy strategy, Background waiting)
    {
        strategy.Nudge();
        return waiting.HasEnded;
    }

    private static RingBuffer<StructEvent> Create(TimeSpan timeout) =>
        RingBuffer.CreateMultiProducer(() => new StructEvent(), 64, new DozingWaitStrategy(timeout));
}
