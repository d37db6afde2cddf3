using Ring.Core;
using Ring.Tests.Model.Engine;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Model.Properties;

/// <summary>Claims, fills and publishes as its part of the scenario says.</summary>
internal sealed class ModelProducer(Scenario scenario, RingBuffer<ScenarioEvent> ring, Journal journal, int index)
{
    private readonly Production _production = scenario.Producers[index];
    private long _number;

    public void RunToEnd() => RunTo(_production.Events);

    public void RunTo(long end)
    {
        while (_number < end)
        {
            if (_production.Style is ClaimStyle.Scope)
                PublishByScope();
            else
                Publish(_production.NextBatch(ring.BufferSize, end - _number));
        }
    }

    private void PublishByScope()
    {
        using PublishingScope<ScenarioEvent> scope = ring.PublishEvent();
        bool givesUp = _production.GivesUp(_number);
        Fill(scope.Event, scope.Sequence);
        if (givesUp)
            journal.GiveUp(scope.Sequence);
        else
            scope.Commit();
    }

    private void Publish(int batch)
    {
        long hi = Claim(batch);
        long lo = hi - batch + 1;
        for (long sequence = lo; sequence <= hi; sequence++)
            Fill(ring[sequence], sequence);
        ring.Publish(lo, hi);
    }

    private long Claim(int batch)
    {
        if (_production.Style is ClaimStyle.Next)
            return ring.Next(batch);
        long hi;
        while (!ring.TryNext(batch, out hi))
            Machine.SpinHint();
        return hi;
    }

    private void Fill(ScenarioEvent evt, long sequence)
    {
        long value = Payload.Check(sequence, index, _number++);
        journal.Claim(sequence, value);
        evt.Fill(value);
    }
}
