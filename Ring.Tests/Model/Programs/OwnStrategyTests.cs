using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>The rule in docs/wait-strategies.md for strategies that take no lock while nobody sleeps asks for nothing too much.</summary>
internal sealed class OwnStrategyTests
{
    [Test]
    public void A_strategy_that_announces_its_sleep_and_fences_on_both_sides_loses_no_wake_up() =>
        Assert.That(Check(Machine.Fence, Machine.Fence).Failure, Is.Null);

    [Test]
    public void Without_the_fence_of_the_sleeper_a_wake_up_is_lost() =>
        Assert.That(Check(() => { }, Machine.Fence).Failure?.Message, Does.StartWith("Deadlock, or a lost wake-up"));

    [Test]
    public void Without_the_fence_of_the_waker_a_wake_up_is_lost() =>
        Assert.That(Check(Machine.Fence, () => { }).Failure?.Message, Does.StartWith("Deadlock, or a lost wake-up"));

    private static CheckResult Check(Action fenceOfSleeper, Action fenceOfWaker) =>
        Checker.Run(() => WaitForPublication(new AnnouncingWaitStrategy(fenceOfSleeper, fenceOfWaker)));

    private static void WaitForPublication(IWaitStrategy strategy)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.CreateSingleProducer(() => new ModelEvent(), 2, strategy);
        ModelThread producer = Machine.Start(() => ring.Publish(ring.Next()), "producer");
        Machine.Require(ring.NewBarrier().WaitFor(0).Sequence == 0, "the publication is seen");
        Machine.Join(producer);
    }
}
