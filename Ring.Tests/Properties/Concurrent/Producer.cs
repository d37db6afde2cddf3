using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A producer that looks at what it writes over.</summary>
internal sealed class Producer(Scenario scenario, RingBuffer<ScenarioEvent> ring, Ledger ledger, int index)
    : ScenarioProducer<ScenarioEvent>(scenario.Producers[index], ring)
{
    protected override void Fill(ref ScenarioEvent evt, long sequence, long number)
    {
        ledger.Claim(sequence);
        LookAtLastLap(in evt, sequence - Ring.BufferSize);
        evt = new ScenarioEvent { Sequence = sequence, Producer = index, Number = number };
        evt.Check = Payload.Check(sequence, index, number);
    }

    protected override void GiveUp(long sequence) => ledger.GiveUp(sequence);

    protected override void Pause()
    {
        if (Ring.IsClosed)
            throw new RingClosedException();
        Thread.Yield();
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
