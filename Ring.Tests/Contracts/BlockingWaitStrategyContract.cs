using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What the strategies that block do besides: their waiters sleep.</summary>
[TestFixtureSource(typeof(Matrix), nameof(Matrix.BlockingWaitStrategies))]
public class BlockingWaitStrategyContract(WaitStrategyKind kind)
{
    [Test]
    public void Waiters_sleep_on_every_edge_of_the_graph([Values] ProducerType producerType)
    {
        var ring = RingBuffer.Create(producerType, () => new ClassEvent(), 8, kind.Create());
        Sequence upstream = new();
        Background first = Background.Run(() => ring.NewBarrier().WaitFor(0));
        Background second = Background.Run(() => ring.NewBarrier(upstream).WaitFor(0));

        Eventually.Holds(() => first.IsAsleep && second.IsAsleep, "both sleep");

        ring.PublishNext();
        first.Join();
        upstream.Set(0);
        second.Join();
    }

    [Test]
    public void Waiters_sleep_in_front_of_a_claim_that_is_still_to_be_published()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 8, kind.Create());
        long claimed = ring.Next();
        ring.PublishNext();

        Background waiter = Background.Run(() => ring.NewBarrier().WaitFor(claimed));

        Eventually.Holds(() => waiter.IsAsleep, "it sleeps, although a later event is published");
        ring.Publish(claimed);
        waiter.Join();
    }
}
