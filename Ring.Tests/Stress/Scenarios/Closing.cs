using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>A ring is closed while producers claim and wait: what was claimed is delivered, and nothing is claimed afterwards.</summary>
internal sealed class Closing : Scenario
{
    public override string Name => "closing";

    public override void Run<T>(Round round, Combination combination)
    {
        Random random = round.NewRandom(combination.Producers);
        while (!round.IsOver)
            RunOnce<T>(round, combination, random);
    }

    private static void RunOnce<T>(Round round, Combination combination, Random random)
        where T : IStressEvent, new()
    {
        using Disruptor<T> disruptor = combination.NewDisruptor<T>(round);
        RingBuffer<T> ring = disruptor.RingBuffer;
        Pipeline<T> pipeline = new(round, ring, combination, 2, 1);
        pipeline.Wire(disruptor);
        disruptor.Start();
        pipeline.StartProducers(untilClosed: true);
        random.Pause();
        ring.Close();
        long cursor = ring.Cursor;
        pipeline.JoinProducers();

        if (combination.ProducerType == ProducerType.Multi)
            round.ExpectEqual(ring.Cursor, cursor, "the cursor once closing has returned");
        round.Expect(!ring.TryNext(out _) && !ring.HasAvailableCapacity(1), "a closed ring takes nothing");
        round.Expect(disruptor.Shutdown(), "a shutdown says that everything was handled");
        pipeline.ExpectAllHandled();
        round.ExpectNoThreads();
        round.CountCycle(pipeline.Published);
    }
}
