using Ring.Core;
using Ring.Tests.Model.Engine;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Model.Properties;

/// <summary>A producer whose every claim is in the journal.</summary>
internal sealed class ModelProducer(Scenario scenario, RingBuffer<ScenarioEvent> ring, Journal journal, int index)
    : ScenarioProducer<ScenarioEvent>(scenario.Producers[index], ring)
{
    protected override void Fill(ref ScenarioEvent evt, long sequence, long number)
    {
        long value = Payload.Check(sequence, index, number);
        journal.Claim(sequence, value);
        evt.Fill(value);
    }

    protected override void GiveUp(long sequence) => journal.GiveUp(sequence);

    protected override void Pause() => Machine.SpinHint();
}
