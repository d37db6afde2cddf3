using Ring.Core;
using Ring.Tests.Model.Engine;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Model.Properties;

/// <summary>One stage, a handler or all workers of a pool: looks for the marks of those before it, and leaves its own.</summary>
internal sealed class ModelStage(Scenario scenario, int stage)
    : IEventHandler<ScenarioEvent>, IExceptionHandler<ScenarioEvent>
{
    /// <summary>What it was given, at each sequence.</summary>
    public SortedDictionary<long, long> Values { get; } = [];

    public void OnEvent(ref ScenarioEvent evt, long sequence, bool endOfBatch)
    {
        Machine.Require(Values.Keys.LastOrDefault(-1) < sequence, "a stage is given events in order");
        OnEvent(ref evt, sequence);
    }

    public void OnEvent(ref ScenarioEvent evt, long sequence)
    {
        Machine.Require(Values.TryAdd(sequence, evt.Value), "a stage is given an event once");
        foreach (int upstream in scenario.Stages[stage])
            Machine.Require(evt.GetMark(upstream) == Payload.Mark(upstream, sequence), "a stage comes after those before it");
        Machine.Require(evt.GetMark(stage) == 0, "a stage is given an event once");
        evt.SetMark(stage, Payload.Mark(stage, sequence));
        if (scenario.Fails(sequence))
            throw new InvalidDataException("planted");
    }

    public void HandleEventException(Exception exception, long sequence, ref ScenarioEvent evt) =>
        Machine.Require(exception is InvalidDataException && scenario.Fails(sequence), "only what was planted fails");

    public void HandleOnBatchStartException(Exception exception, long sequence) => Machine.Require(false, "no batch start fails");

    public void HandleOnTimeoutException(Exception exception, long sequence) => Machine.Require(false, "no timeout fails");

    public void HandleOnStartException(Exception exception) => Machine.Require(false, "no start fails");

    public void HandleOnShutdownException(Exception exception) => Machine.Require(false, "no end fails");
}
