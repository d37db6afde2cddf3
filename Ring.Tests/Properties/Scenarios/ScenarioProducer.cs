using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>Claims, fills and publishes as its part of the scenario says; on real threads as on the machine of the model checker.</summary>
internal abstract class ScenarioProducer<T>(Production production, RingBuffer<T> ring)
{
    /// <summary>How many it has filled so far.</summary>
    private long _number;

    protected RingBuffer<T> Ring => ring;

    public void RunToEnd() => RunTo(production.Events);

    public void RunTo(long end)
    {
        while (_number < end)
        {
            if (production.Style is ClaimStyle.Scope)
                PublishByScope();
            else
                Publish(production.NextBatch(ring.BufferSize, end - _number));
        }
    }

    protected abstract void Fill(ref T evt, long sequence, long number);

    /// <summary>Told before the claim is given up.</summary>
    protected abstract void GiveUp(long sequence);

    /// <summary>Called between two attempts to claim.</summary>
    protected abstract void Pause();

    private void PublishByScope()
    {
        using PublishingScope<T> scope = ring.PublishEvent();
        bool givesUp = production.GivesUp(_number);
        Fill(ref scope.Event, scope.Sequence, _number++);
        if (givesUp)
            GiveUp(scope.Sequence);
        else
            scope.Commit();
    }

    private void Publish(int batch)
    {
        long hi = Claim(batch);
        long lo = hi - batch + 1;
        for (long sequence = lo; sequence <= hi; sequence++)
            Fill(ref ring[sequence], sequence, _number++);
        if (batch == 1)
            ring.Publish(hi);
        else
            ring.Publish(lo, hi);
    }

    private long Claim(int batch)
    {
        if (production.Style is ClaimStyle.Next)
            return ring.Next(batch);
        long hi;
        while (!ring.TryNext(batch, out hi))
            Pause();
        return hi;
    }
}
