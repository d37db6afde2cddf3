using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>Claims, fills and publishes as its part of the scenario says.</summary>
internal sealed class Producer(Scenario scenario, RingBuffer<ScenarioEvent> ring, Ledger ledger, int index)
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
        Fill(ref scope.Event, scope.Sequence);
        if (givesUp)
            ledger.GiveUp(scope.Sequence);
        else
            scope.Commit();
    }

    private void Publish(int batch)
    {
        long hi = Claim(batch);
        long lo = hi - batch + 1;
        for (long sequence = lo; sequence <= hi; sequence++)
            Fill(ref ring[sequence], sequence);
        if (batch == 1)
            ring.Publish(hi);
        else
            ring.Publish(lo, hi);
    }

    private long Claim(int batch)
    {
        if (_production.Style is ClaimStyle.Next)
            return ring.Next(batch);
        long hi;
        SpinWait spinner = default;
        while (!ring.TryNext(batch, out hi))
        {
            if (ring.IsClosed)
                throw new RingClosedException();
            spinner.SpinOnce();
        }

        return hi;
    }

    private void Fill(ref ScenarioEvent evt, long sequence)
    {
        ledger.Claim(sequence);
        LookAtLastLap(in evt, sequence - ring.BufferSize);
        evt = new ScenarioEvent { Sequence = sequence, Producer = index, Number = _number };
        evt.Check = Payload.Check(sequence, index, _number++);
    }

    /// <summary>A slot that is claimed was filled and handled by all, or its event was given up.</summary>
    private void LookAtLastLap(in ScenarioEvent evt, long sequence)
    {
        if (sequence < 0 || ledger.IsGivenUp(sequence))
            return;
        if (evt.Sequence != sequence)
            ledger.Fail($"the slot of {sequence} is claimed when {evt.Sequence} is in it");
        for (int stage = 0; stage < scenario.Stages.Length; stage++)
        {
            if (evt.Marks[stage] != Payload.Mark(stage, sequence))
                ledger.Fail($"the slot of {sequence} is claimed before stage {stage} is done with it");
        }
    }
}
