using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>
/// Handlers and pools follow each other, and the pools are halted at any moment and started again: each event goes through each
/// pool once, and nobody is ahead of a worker that has an event in hand.
/// </summary>
internal sealed class WorkerPools : Scenario
{
    private const int MiddleStage = 2;
    private const int LastStage = 3;

    public override string Name => "worker pools";

    public override void Run<T>(Round round, Combination combination)
    {
        RingBuffer<T> ring = combination.NewRing<T>(round);
        Pipeline<T> pipeline = new(round, ring, combination, 1, 1);
        BatchEventProcessor<T> first = new(ring, ring.NewBarrier(), pipeline.Handlers[0]);
        PoolStage<T> middle = new(round, ring, [first.Sequence], MiddleStage, stagesBefore: 1);
        BatchEventProcessor<T> third = new(ring, ring.NewBarrier([.. middle.Pool.Sequences]), pipeline.Handlers[1]);
        PoolStage<T> last = new(round, ring, [third.Sequence], LastStage, stagesBefore: LastStage);
        ring.AddGatingSequences([.. last.Pool.Sequences]);
        pipeline.Handlers[1].OnArrival = sequence =>
            round.Expect(ring[sequence].Payload.IsMarked(sequence, MiddleStage), $"the pool before is done with {sequence}");

        Thread[] threads = [round.Start(first.Run), round.Start(third.Run)];
        middle.Start();
        last.Start();
        pipeline.StartProducers();
        long restarts = RestartUntilOver(round, middle, last);
        pipeline.JoinProducers();
        last.DrainAndHalt();
        middle.DrainAndHalt();
        first.Halt();
        third.Halt();
        Array.ForEach(threads, thread => thread.Join());

        pipeline.ExpectAllHandled();
        ExpectAllHandledBy(round, pipeline, middle);
        ExpectAllHandledBy(round, pipeline, last);
        round.ExpectNoThreads();
        round.CountCycles(1 + restarts, pipeline.Published);
    }

    private static long RestartUntilOver<T>(Round round, PoolStage<T> middle, PoolStage<T> last)
        where T : IStressEvent, new()
    {
        long restarts = 0;
        for (; !round.IsOver; restarts++)
        {
            middle.Restart();
            last.Restart();
        }

        return restarts;
    }

    private static void ExpectAllHandledBy<T>(Round round, Pipeline<T> pipeline, PoolStage<T> pool)
        where T : IStressEvent, new()
    {
        round.ExpectEqual(pool.Count, pipeline.Published, "events that a pool has handled");
        round.ExpectEqual(pool.Checksum, pipeline.Checksum, "checksum of a pool");
    }
}
