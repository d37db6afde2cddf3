using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>Events flow through a graph of consumers until the round is over.</summary>
internal class Flow(string name, params int[] levels) : Scenario
{
    public override string Name => name;

    public override void Run<T>(Round round, Combination combination)
    {
        using Disruptor<T> disruptor = combination.NewDisruptor<T>(round);
        Pipeline<T> pipeline = new(round, disruptor.RingBuffer, combination, levels);
        Disturb(round, disruptor, pipeline);
        pipeline.Wire(disruptor);
        disruptor.Start();
        pipeline.StartProducers();
        pipeline.JoinProducers();
        round.Expect(disruptor.Shutdown(), "a shutdown says that everything was handled");
        pipeline.ExpectAllHandled();
        ExpectMore(round, pipeline);
        round.CountCycle(pipeline.Published);
    }

    /// <summary>Sets up what goes wrong.</summary>
    protected virtual void Disturb<T>(Round round, Disruptor<T> disruptor, Pipeline<T> pipeline)
        where T : IStressEvent, new()
    {
    }

    /// <summary>What must be true in the end besides.</summary>
    protected virtual void ExpectMore<T>(Round round, Pipeline<T> pipeline)
        where T : IStressEvent, new() =>
        round.Expect(pipeline.Handlers.All(handler => handler.LastEndedBatch), "the last event ends a batch");
}
