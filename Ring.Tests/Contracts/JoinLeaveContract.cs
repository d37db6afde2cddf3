using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>Consumers that come and go beside producers that do not stop.</summary>
[TestFixture(ProducerType.Single)]
[TestFixture(ProducerType.Multi)]
public class JoinLeaveContract(ProducerType producerType)
{
    private const int Size = 8;

    [Test]
    public void A_poller_sees_every_event_from_its_first_to_its_last([Values] StartPosition start) => ComeAndGo(start, rounds: 200);

    [Test, Explicit("Takes long")]
    public void Ten_thousand_pollers_see_every_event_from_their_first_to_their_last([Values] StartPosition start) =>
        ComeAndGo(start, rounds: 10_000);

    private void ComeAndGo(StartPosition start, int rounds)
    {
        RingBuffer<StructEvent> ring = RingBuffer.Create(producerType, () => new StructEvent(), Size);
        // One that stays, and lags behind by whatever the others let it.
        Sequence resident = ring.AddGatingSequence();
        SequenceBarrier barrier = ring.NewBarrier();
        Background[] producers = Background.Run(producerType is ProducerType.Single ? 1 : 2, _ => ring.PublishUntilClosed());
        Background stays = Background.Run(() => HandleUntilAlerted(barrier, resident));
        try
        {
            for (int round = 0; round < rounds; round++)
                Visit(ring, start, events: 1 + (round % (3 * Size)));
        }
        finally
        {
            ring.Close();
        }

        Background.Join(producers);
        barrier.Alert();
        stays.Join();
    }

    private static void HandleUntilAlerted(SequenceBarrier barrier, Sequence position)
    {
        while (barrier.WaitFor(position.Value + 1) is { IsAvailable: true } result)
            position.Set(result.Sequence);
    }

    private static void Visit(RingBuffer<StructEvent> ring, StartPosition start, int events)
    {
        using EventPoller<StructEvent> poller = ring.NewPoller(start);
        List<long> seen = [];
        Eventually.Holds(() => seen.Count >= events || Poll(poller, seen), "the events");
        Assert.That(seen, Is.EqualTo(RingExtensions.Range(seen[0], seen.Count)), "without a gap");
    }

    /// <summary>Returns false, for more.</summary>
    private static bool Poll(EventPoller<StructEvent> poller, List<long> seen)
    {
        for (int i = 0; i < 1_000; i++)
        {
            poller.Poll(
                static (ref StructEvent evt, long sequence, bool _, List<long> seen) =>
                {
                    Assert.That(evt.Value, Is.EqualTo(sequence), "as it was published");
                    seen.Add(sequence);
                    return true;
                },
                seen);
        }

        return false;
    }
}
