using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>One stage: looks for the marks of those before it, and leaves its own.</summary>
internal sealed class StageHandler(Scenario scenario, RingBuffer<ScenarioEvent> ring, Ledger ledger, int stage)
    : IEventHandler<ScenarioEvent>, IExceptionHandler<ScenarioEvent>
{
    private readonly Reader _reader = new(ledger, $"stage {stage}", scenario.Producers.Length, Sequence.Initial);
    private long _cursor = Sequence.Initial;

    public long Position => _reader.Position;

    public void OnEvent(ref ScenarioEvent evt, long sequence, bool endOfBatch)
    {
        _reader.Read(in evt, sequence);
        foreach (int upstream in scenario.Stages[stage])
        {
            if (evt.Marks[upstream] != Payload.Mark(upstream, sequence))
                ledger.Fail($"stage {stage} is given {sequence} before stage {upstream} is done with it");
        }

        if (evt.Marks[stage] != 0)
            ledger.Fail($"stage {stage} is given {sequence} again");
        evt.Marks[stage] = Payload.Mark(stage, sequence);
        if (endOfBatch)
            LookAtRing();
        if (scenario.Fails(sequence))
            throw new InvalidDataException("planted");
    }

    public void HandleEventException(Exception exception, long sequence, ref ScenarioEvent evt)
    {
        if (!scenario.Fails(sequence) || evt.Marks[stage] != Payload.Mark(stage, sequence))
            ledger.Fail($"stage {stage} fails at {sequence}: {exception.Message}");
    }

    public void HandleOnBatchStartException(Exception exception, long sequence) => ledger.Fail(exception.Message);

    public void HandleOnTimeoutException(Exception exception, long sequence) => ledger.Fail(exception.Message);

    public void HandleOnStartException(Exception exception) => ledger.Fail(exception.Message);

    public void HandleOnShutdownException(Exception exception) => ledger.Fail(exception.Message);

    /// <summary>Goes to the end of what was claimed, if all that it was not given was given up.</summary>
    public void PassTo(long sequence) => _reader.PassTo(sequence);

    private void LookAtRing()
    {
        long cursor = ring.Cursor;
        if (cursor < _cursor)
            ledger.Fail($"the cursor goes back from {_cursor} to {cursor}");
        _cursor = cursor;
        long capacity = ring.RemainingCapacity;
        if (capacity < 0 || capacity > ring.BufferSize)
            ledger.Fail($"the remaining capacity is {capacity}");
    }
}
