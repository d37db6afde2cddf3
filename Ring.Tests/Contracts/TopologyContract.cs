using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>
/// Producers, a diamond of consumers and every strategy on real threads, with exact accounting: each stage writes into the
/// event, so that an event seen too early, twice or half written is seen to be.
/// </summary>
[TestFixtureSource(typeof(Matrix), nameof(Matrix.WaitStrategiesAndProducerTypes))]
public class TopologyContract(WaitStrategyKind kind, ProducerType producerType)
{
    private struct Payload
    {
        public long Producer;
        public long Number;
        public long Left;
        public long Right;
        public long Sum;
    }

    [TestCase(1, 100)]
    [TestCase(2, 200)]
    [TestCase(64, 1_500)]
    public void Every_event_goes_through_a_diamond_once_in_order_and_complete(int size, int eventsInAll)
    {
        // For laps by the thousand there is the stress run.
        int most = kind.TakesTurnsSlowly() ? 6 * size : int.MaxValue;
        int producers = producerType == ProducerType.Single ? 1 : 3;
        int events = Math.Min(eventsInAll, most) / producers;
        Collector collector = new(producers);
        using Disruptor<Payload> disruptor = new(() => default, size, null, producerType, kind.Create());
        disruptor
            .HandleEventsWith(
                new Writer((ref Payload p, long s) => p.Left = s + p.Number),
                new Writer((ref Payload p, long s) => p.Right = s - p.Number))
            .Then(new Writer((ref Payload p, long s) => p.Sum = p.Left + p.Right))
            .Then(collector);
        RingBuffer<Payload> ring = disruptor.Start();

        Background.Join(Background.Run(producers, p => Produce(ring, p, events)));

        Assert.That(disruptor.Shutdown(Eventually.Deadline), Is.True);
        Assert.That(collector.Failures, Is.Empty);
        Assert.That(collector.Next, Is.All.EqualTo(events));
    }

    private static void Produce(RingBuffer<Payload> ring, int producer, int events)
    {
        int next = 0;
        while (next < events)
        {
            int n = Math.Min(1 + (next % 3), Math.Min(ring.BufferSize, events - next));
            long hi = ring.Next(n);
            for (long sequence = hi - n + 1; sequence <= hi; sequence++)
                ring[sequence] = new Payload { Producer = producer, Number = next++ };
            ring.Publish(hi - n + 1, hi);
        }
    }

    private delegate void Change(ref Payload payload, long sequence);

    private sealed class Writer(Change change) : IEventHandler<Payload>
    {
        public void OnEvent(ref Payload evt, long sequence, bool endOfBatch) => change(ref evt, sequence);
    }

    private sealed class Collector(int producers) : IEventHandler<Payload>
    {
        private long _nextSequence;

        public long[] Next { get; } = new long[producers];

        public List<string> Failures { get; } = [];

        public void OnEvent(ref Payload evt, long sequence, bool endOfBatch)
        {
            if (sequence != _nextSequence++)
                Failures.Add($"sequence {sequence} instead of {_nextSequence - 1}");
            if (evt.Sum != 2 * sequence)
                Failures.Add($"sum {evt.Sum} at {sequence}");
            if (evt.Number != Next[evt.Producer]++)
                Failures.Add($"number {evt.Number} of producer {evt.Producer} instead of {Next[evt.Producer] - 1}");
        }
    }
}
