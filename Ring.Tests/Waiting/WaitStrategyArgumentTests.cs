using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Waiting;

/// <summary>What the constructors refuse; for the timeouts see the contract of the strategies that have one.</summary>
[TestFixture]
public class WaitStrategyArgumentTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static IEnumerable<TestCaseData> WithTries =>
    [
        Case("spinTries", tries => new YieldingWaitStrategy(tries)).SetArgDisplayNames("Yielding"),
        Case("retries", tries => new SleepingWaitStrategy(tries)).SetArgDisplayNames("Sleeping"),
        Case("spinTries", tries => new LiteBlockingWaitStrategy(tries)).SetArgDisplayNames("LiteBlocking"),
        Case("spinTries", tries => new LiteTimeoutBlockingWaitStrategy(Second, tries)).SetArgDisplayNames("LiteTimeoutBlocking"),
    ];

    private static IEnumerable<TestCaseData> WithPhase =>
    [
        Case("spinTimeout", time => new PhasedBackoffWaitStrategy(time, Second, new BusySpinWaitStrategy())).SetArgDisplayNames("spin"),
        Case("yieldTimeout", time => new PhasedBackoffWaitStrategy(Second, time, new BusySpinWaitStrategy())).SetArgDisplayNames("yield"),
        Case("spinTimeout", time => PhasedBackoffWaitStrategy.WithLock(time, Second)).SetArgDisplayNames("WithLock"),
        Case("yieldTimeout", time => PhasedBackoffWaitStrategy.WithLiteLock(Second, time)).SetArgDisplayNames("WithLiteLock"),
        Case("spinTimeout", time => PhasedBackoffWaitStrategy.WithSleep(time, Second)).SetArgDisplayNames("WithSleep"),
    ];

    [TestCaseSource(nameof(WithTries))]
    public void A_negative_number_of_tries_is_refused_by_name_and_value(string name, Func<int, IWaitStrategy> create) =>
        ExpectRefusal(name, -1, create);

    [TestCaseSource(nameof(WithTries))]
    public void Any_other_number_of_tries_is_good(string name, Func<int, IWaitStrategy> create)
    {
        foreach (int tries in new[] { 0, 1, int.MaxValue })
            Assert.That(() => create(tries), Throws.Nothing);
    }

    [TestCaseSource(nameof(WithPhase))]
    public void A_phase_out_of_range_is_refused_by_name_and_value(string name, Func<TimeSpan, IWaitStrategy> create)
    {
        ExpectRefusal(name, TimeSpan.FromTicks(-1), create);
        ExpectRefusal(name, TimeSpan.FromMilliseconds(int.MaxValue + 1d), create);
        ExpectRefusal(name, TimeSpan.MaxValue, create);
    }

    [TestCaseSource(nameof(WithPhase))]
    public void A_phase_may_be_as_short_as_nothing(string name, Func<TimeSpan, IWaitStrategy> create)
    {
        foreach (TimeSpan time in new[] { TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(int.MaxValue) })
            Assert.That(() => create(time), Throws.Nothing);
    }

    [Test]
    public void A_sleep_out_of_range_is_refused_by_name_and_value()
    {
        foreach (TimeSpan time in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(int.MaxValue + 1d) })
            ExpectRefusal("sleepTime", time, sleep => new SleepingWaitStrategy(sleepTime: sleep));
    }

    [Test]
    public void A_sleep_shorter_than_the_shortest_possible_is_good() =>
        Assert.That(() => new SleepingWaitStrategy(sleepTime: TimeSpan.FromTicks(1)), Throws.Nothing);

    [Test]
    public void A_sleep_shorter_than_the_shortest_possible_is_a_sleep()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new ClassEvent(), 8, new SleepingWaitStrategy(retries: 0, TimeSpan.FromTicks(1)));
        Background waiter = Background.Run(() => ring.NewBarrier().WaitFor(0));

        Eventually.Holds(() => waiter.IsAsleep, "it sleeps");

        ring.PublishNext();
        waiter.Join();
    }

    [TestCase(0.0001, 1)]
    [TestCase(1, 1)]
    [TestCase(1.5, 2)]
    public void A_sleep_is_rounded_up_to_whole_milliseconds(double milliseconds, int expected) =>
        Assert.That(new SleepingWaitStrategy(sleepTime: TimeSpan.FromMilliseconds(milliseconds)).SleepMilliseconds, Is.EqualTo(expected));

    [Test]
    public void A_missing_fallback_is_refused_by_name() =>
        Assert.That(
            () => new PhasedBackoffWaitStrategy(Second, Second, null!),
            Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("fallback"));

    private static TestCaseData Case(string name, Func<int, IWaitStrategy> create) => new(name, create);

    private static TestCaseData Case(string name, Func<TimeSpan, IWaitStrategy> create) => new(name, create);

    private static void ExpectRefusal<T>(string name, T value, Func<T, IWaitStrategy> create)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => create(value))!;
        Assert.That(exception.ParamName, Is.EqualTo(name));
        Assert.That(exception.ActualValue, Is.EqualTo(value));
    }
}
