using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>The last of a chain dawdles, so that the ring is full most of the time.</summary>
internal sealed class SlowConsumer() : Flow("slow consumer", 1, 1, 1)
{
    protected override void Disturb<T>(Round round, Disruptor<T> disruptor, Pipeline<T> pipeline)
    {
        Random random = round.NewRandom(pipeline.Producers.Length);
        pipeline.Handlers[^1].OnDeparture = _ =>
        {
            int chance = random.Next(64);
            if (chance == 0)
                Thread.Sleep(1);
            else if (chance < 32)
                Thread.SpinWait(chance * 16);
        };
    }
}
