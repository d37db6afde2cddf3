using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>Disruptors are made, started, used and ended in every way, at any moment.</summary>
internal sealed class Lifecycles : Scenario
{
    public override string Name => "lifecycles";

    public override void Run<T>(Round round, Combination combination)
    {
        Random random = round.NewRandom(combination.Producers);
        while (!round.IsOver)
            RunOnce<T>(round, combination, random);
    }

    private static void RunOnce<T>(Round round, Combination combination, Random random)
        where T : IStressEvent, new()
    {
        Disruptor<T> disruptor = combination.NewDisruptor<T>(round);
        Pipeline<T> pipeline = new(round, disruptor.RingBuffer, combination, 1, 1);
        pipeline.Wire(disruptor);
        if (random.Next(8) != 0)
            disruptor.Start();
        if (random.Next(4) != 0)
            pipeline.StartProducers(untilClosed: true);
        random.Pause();
        End(round, disruptor, pipeline, random.Next(3));
        Array.ForEach(pipeline.Handlers, handler => handler.Forbid());
        pipeline.JoinProducers();
        pipeline.ExpectPrefixHandled();
        round.ExpectNoThreads();
        round.CountCycle(pipeline.Published);
    }

    private static void End<T>(Round round, Disruptor<T> disruptor, Pipeline<T> pipeline, int way)
        where T : IStressEvent, new()
    {
        if (way == 0)
        {
            bool handled = disruptor.Shutdown();
            pipeline.JoinProducers();
            bool isTrue = handled == pipeline.Handlers.All(handler => handler.Count == pipeline.Published);
            round.Expect(isTrue, $"a shutdown says whether everything was handled: {handled}");
        }

        if (way == 1)
            disruptor.Halt();
        disruptor.Dispose();
    }
}
