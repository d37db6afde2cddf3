using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>Producers give up some of their claims.</summary>
internal sealed class AbandonedClaims() : Flow("abandoned claims", 2, 1)
{
    private const int OfHundred = 30;

    protected override void Disturb<T>(Round round, Disruptor<T> disruptor, Pipeline<T> pipeline)
    {
        foreach (StressProducer<T> producer in pipeline.Producers)
            producer.Abandons = OfHundred;
        foreach (StageHandler<T> handler in pipeline.Handlers)
            handler.AllowsGaps = true;
    }
}
