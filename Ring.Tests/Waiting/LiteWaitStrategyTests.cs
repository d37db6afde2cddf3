using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Waiting;

/// <summary>How long the lite strategies look before they sleep.</summary>
[TestFixture]
public class LiteWaitStrategyTests
{
    private static IEnumerable<TestCaseData> Strategies =>
    [
        .. from tries in new[] { 0, 1, 7 }
           from create in new Func<int, IWaitStrategy>[]
           {
               tries => new LiteBlockingWaitStrategy(tries),
               tries => new LiteTimeoutBlockingWaitStrategy(Eventually.Deadline, tries),
           }
           let strategy = create(tries)
           select new TestCaseData(strategy, tries).SetArgDisplayNames(strategy.GetType().Name, $"{tries}"),
    ];

    [TestCaseSource(nameof(Strategies))]
    public void It_sleeps_after_so_many_looks_and_one_more(IWaitStrategy strategy, int tries)
    {
        NothingPublished published = new();
        SequenceBarrier barrier = new(published, strategy, []);
        Background waiter = Background.Run(() => Assert.That(strategy.WaitFor(0, barrier).IsAlerted, Is.True));

        Eventually.Holds(() => waiter.IsAsleep, "it sleeps");
        Assert.That(published.Looks, Is.EqualTo(tries + 1));

        barrier.Alert();
        waiter.Join();
    }

    [TestCaseSource(nameof(Strategies))]
    public void It_looks_as_often_again_after_a_wake_up_that_brings_nothing(IWaitStrategy strategy, int tries)
    {
        NothingPublished published = new();
        SequenceBarrier barrier = new(published, strategy, []);
        Background waiter = Background.Run(() => Assert.That(strategy.WaitFor(0, barrier).IsAlerted, Is.True));
        Eventually.Holds(() => waiter.IsAsleep, "it sleeps");

        strategy.SignalAllWhenBlocking();

        Eventually.Holds(() => published.Looks == 2 * (tries + 1), "it has looked again");
        barrier.Alert();
        waiter.Join();
    }

    /// <summary>Counts how often it is asked.</summary>
    private sealed class NothingPublished : IPublishedSequences
    {
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public long Cursor => Sequence.Initial;

        public long HighestPublishedFrom(long sequence)
        {
            Interlocked.Increment(ref _looks);
            return sequence - 1;
        }
    }
}
