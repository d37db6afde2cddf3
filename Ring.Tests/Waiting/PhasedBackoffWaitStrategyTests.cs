using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Waiting;

/// <summary>The phases of a wait, one at a time: a phase of an hour is the last one for a test.</summary>
[TestFixture]
public class PhasedBackoffWaitStrategyTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static IEnumerable<TestCaseData> EndlessPhases =>
    [
        new TestCaseData(Hour, TimeSpan.Zero).SetArgDisplayNames("spinning"),
        new TestCaseData(TimeSpan.Zero, Hour).SetArgDisplayNames("yielding"),
        new TestCaseData(TimeSpan.FromTicks(1), Hour).SetArgDisplayNames("yielding after spinning"),
    ];

    [TestCaseSource(nameof(EndlessPhases))]
    public void An_alert_ends_each_phase(TimeSpan spinTimeout, TimeSpan yieldTimeout)
    {
        Fallback fallback = new();
        SequenceBarrier barrier = NewRing(new PhasedBackoffWaitStrategy(spinTimeout, yieldTimeout, fallback)).NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0).IsAlerted, Is.True));

        barrier.Alert();

        waiter.Join();
        Assert.That(fallback.Waits, Is.Zero);
    }

    [TestCaseSource(nameof(EndlessPhases))]
    public void An_event_ends_each_phase(TimeSpan spinTimeout, TimeSpan yieldTimeout)
    {
        Fallback fallback = new();
        RingBuffer<ClassEvent> ring = NewRing(new PhasedBackoffWaitStrategy(spinTimeout, yieldTimeout, fallback));
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Available(0))));

        ring.PublishNext();

        waiter.Join();
        Assert.That(fallback.Waits, Is.Zero);
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(4, 2, Description = "The time to yield is added: it may be the shorter one.")]
    public void The_fallback_waits_when_both_times_have_passed_one_after_the_other(int spinMilliseconds, int yieldMilliseconds)
    {
        TimeSpan spinTimeout = TimeSpan.FromMilliseconds(spinMilliseconds), yieldTimeout = TimeSpan.FromMilliseconds(yieldMilliseconds);
        Fallback fallback = new();
        SequenceBarrier barrier = NewRing(new PhasedBackoffWaitStrategy(spinTimeout, yieldTimeout, fallback)).NewBarrier();
        Deadline both = Deadline.After(spinTimeout + yieldTimeout);

        Assert.That(barrier.WaitFor(0).IsTimedOut, Is.True, "as the fallback says");

        Assert.That(fallback.Waits, Is.EqualTo(1));
        Assert.That(both.HasPassed, Is.True);
    }

    [Test]
    public void Each_wait_begins_with_the_first_phase()
    {
        Fallback fallback = new();
        PhasedBackoffWaitStrategy strategy = new(TimeSpan.FromMilliseconds(1), TimeSpan.Zero, fallback);
        SequenceBarrier barrier = NewRing(strategy).NewBarrier();
        barrier.WaitFor(0);
        Deadline second = Deadline.After(TimeSpan.FromMilliseconds(1));

        barrier.WaitFor(0);

        Assert.That(fallback.Waits, Is.EqualTo(2));
        Assert.That(second.HasPassed, Is.True);
    }

    [Test]
    public void Whether_it_is_to_be_signalled_is_the_fallbacks_matter([Values] bool isBlocking)
    {
        Fallback fallback = new() { IsBlocking = isBlocking };
        RingBuffer<ClassEvent> ring = NewRing(new PhasedBackoffWaitStrategy(Hour, Hour, fallback));

        ring.PublishNext();

        Assert.That(fallback.Signals, Is.EqualTo(isBlocking ? 1 : 0));
    }

    [Test]
    public void Sleepers_of_the_locking_fallbacks_are_woken([Values] bool lite)
    {
        RingBuffer<ClassEvent> ring = NewRing(lite
            ? PhasedBackoffWaitStrategy.WithLiteLock(TimeSpan.Zero, TimeSpan.Zero)
            : PhasedBackoffWaitStrategy.WithLock(TimeSpan.Zero, TimeSpan.Zero));
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Available(0))));
        Eventually.Holds(() => waiter.IsAsleep, "it sleeps");

        ring.PublishNext();

        waiter.Join();
    }

    [Test]
    public void The_sleeping_fallback_sleeps_and_needs_no_signal()
    {
        PhasedBackoffWaitStrategy strategy = PhasedBackoffWaitStrategy.WithSleep(TimeSpan.Zero, TimeSpan.Zero);
        RingBuffer<ClassEvent> ring = NewRing(strategy);
        SequenceBarrier barrier = ring.NewBarrier();
        Background waiter = Background.Run(() => Assert.That(barrier.WaitFor(0), Is.EqualTo(WaitResult.Available(0))));
        Eventually.Holds(() => waiter.IsAsleep, "it sleeps");

        ring.PublishNext();

        waiter.Join();
        Assert.That(strategy.IsBlocking, Is.False);
    }

    private static RingBuffer<ClassEvent> NewRing(PhasedBackoffWaitStrategy strategy) =>
        RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, strategy);

    /// <summary>Says at once that the time is over.</summary>
    private sealed class Fallback : IWaitStrategy
    {
        public bool IsBlocking { get; init; }

        public int Waits { get; private set; }

        public int Signals { get; private set; }

        public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
        {
            Waits++;
            return WaitResult.TimedOut;
        }

        public void SignalAllWhenBlocking() => Signals++;
    }
}
