using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Waiting;

/// <summary>What ends a wait while it still spins: with so many tries, it never comes to anything else.</summary>
[TestFixture]
public class SpinningPhaseTests
{
    private static IEnumerable<TestCaseData> Strategies =>
    [
        new TestCaseData(new YieldingWaitStrategy(int.MaxValue)).SetArgDisplayNames("Yielding"),
        new TestCaseData(new SleepingWaitStrategy(int.MaxValue)).SetArgDisplayNames("Sleeping"),
        new TestCaseData(new LiteBlockingWaitStrategy(int.MaxValue)).SetArgDisplayNames("LiteBlocking"),
        new TestCaseData(new LiteTimeoutBlockingWaitStrategy(Eventually.Deadline, int.MaxValue)).SetArgDisplayNames("LiteTimeoutBlocking"),
    ];

    [TestCaseSource(nameof(Strategies))]
    public void An_alert_ends_it(IWaitStrategy strategy)
    {
        SequenceBarrier barrier = NewRing(strategy).NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsAlerted, Is.True));

        barrier.Alert();

        waiter.Join();
    }

    [TestCaseSource(nameof(Strategies))]
    public void An_event_ends_it(IWaitStrategy strategy)
    {
        RingBuffer<ClassEvent> ring = NewRing(strategy);
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Available(0))));

        ring.PublishNext();

        waiter.Join();
    }

    private static RingBuffer<ClassEvent> NewRing(IWaitStrategy strategy) =>
        RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, strategy);
}
