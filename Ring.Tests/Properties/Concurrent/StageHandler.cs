using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A stage that is one handler: it is given all events in order.</summary>
internal sealed class StageHandler(Scenario scenario, RingBuffer<ScenarioEvent> ring, Ledger ledger, int stage)
    : Stage(scenario, ledger, stage), IEventHandler<ScenarioEvent>
{
    private readonly Reader _reader = new(ledger, $"stage {stage}", scenario.Producers.Length, Sequence.Initial);
    private long _cursor = Sequence.Initial;

    public void OnEvent(ref ScenarioEvent evt, long sequence, bool endOfBatch)
    {
        _reader.Read(in evt, sequence);
        Mark(ref evt, sequence);
        if (endOfBatch)
            LookAtRing();
        FailIfPlanned(sequence);
    }

    public override long HandledUpTo(long last)
    {
        _reader.PassTo(last);
        return _reader.Position;
    }

    private void LookAtRing()
    {
        long cursor = ring.Cursor;
        if (cursor < _cursor)
            Ledger.Fail($"the cursor goes back from {_cursor} to {cursor}");
        _cursor = cursor;
        long capacity = ring.RemainingCapacity;
        if (capacity < 0 || capacity > ring.BufferSize)
            Ledger.Fail($"the remaining capacity is {capacity}");
    }
}
