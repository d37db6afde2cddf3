using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>One stage: looks for the marks of those before it, and leaves its own.</summary>
internal abstract class Stage(Scenario scenario, Ledger ledger, int stage) : IExceptionHandler<ScenarioEvent>
{
    protected Ledger Ledger { get; } = ledger;

    protected int Number { get; } = stage;

    /// <summary>The last sequence such that all up to it, and up to <paramref name="last"/>, were handled or given up.</summary>
    public abstract long HandledUpTo(long last);

    public void HandleEventException(Exception exception, long sequence, ref ScenarioEvent evt)
    {
        if (!scenario.Fails(sequence) || evt.Marks[Number] != Payload.Mark(Number, sequence))
            Ledger.Fail($"stage {Number} fails at {sequence}: {exception.Message}");
    }

    public void HandleOnBatchStartException(Exception exception, long sequence) => Ledger.Fail(exception.Message);

    public void HandleOnTimeoutException(Exception exception, long sequence) => Ledger.Fail(exception.Message);

    public void HandleOnStartException(Exception exception) => Ledger.Fail(exception.Message);

    public void HandleOnShutdownException(Exception exception) => Ledger.Fail(exception.Message);

    protected void Mark(ref ScenarioEvent evt, long sequence)
    {
        foreach (int upstream in scenario.Stages[Number])
        {
            if (evt.Marks[upstream] != Payload.Mark(upstream, sequence))
                Ledger.Fail($"stage {Number} is given {sequence} before stage {upstream} is done with it");
        }

        if (evt.Marks[Number] != 0)
            Ledger.Fail($"stage {Number} is given {sequence} again");
        evt.Marks[Number] = Payload.Mark(Number, sequence);
    }

    protected void FailIfPlanned(long sequence)
    {
        if (scenario.Fails(sequence))
            throw new InvalidDataException("planted");
    }
}
