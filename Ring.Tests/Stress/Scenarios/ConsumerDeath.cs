using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>
/// One of two consumers dies: the producers are told the cause, and the other one handles all that was claimed before.
/// </summary>
internal sealed class ConsumerDeath : Scenario
{
    private const int Levels = 2;

    public override string Name => "consumer death";

    public override void Run<T>(Round round, Combination combination)
    {
        Random random = round.NewRandom(combination.Producers);
        while (!round.IsOver)
            RunOnce<T>(round, combination, random.Next(4 * combination.Size));
    }

    private static void RunOnce<T>(Round round, Combination combination, long last)
        where T : IStressEvent, new()
    {
        using Disruptor<T> disruptor = combination.NewDisruptor<T>(round);
        Pipeline<T> pipeline = new(round, disruptor.RingBuffer, combination, Levels);
        StageHandler<T> mortal = pipeline.Handlers[0], other = pipeline.Handlers[1];
        PlantedException cause = new(last);
        mortal.OnArrival = sequence => Die(sequence, cause);
        pipeline.Wire(disruptor);
        disruptor.Start();
        pipeline.StartProducers(untilClosed: true);
        pipeline.JoinProducers();
        SpinWait.SpinUntil(() => other.Count == pipeline.Published);

        round.Expect(!disruptor.Shutdown(), "a shutdown says that a consumer has died");
        round.Expect(disruptor.RingBuffer.CloseCause == cause, "the ring knows why");
        round.Expect(pipeline.Producers.All(producer => producer.Refusal?.InnerException == cause), "the producers are told why");
        round.ExpectEqual(mortal.Count, last, "events before the death");
        round.Expect(pipeline.Published <= last + combination.Size, "nobody has overtaken the one that died");
        pipeline.ExpectAllHandledBy(other, 1);
        round.ExpectNoThreads();
        round.CountCycle(pipeline.Published);
    }

    private static void Die(long sequence, PlantedException cause)
    {
        if (sequence == cause.Sequence)
            throw cause;
    }
}
