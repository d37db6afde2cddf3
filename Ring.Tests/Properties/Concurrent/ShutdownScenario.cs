using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A scenario in a disruptor that is shut down: at the end, or while the producers run.</summary>
internal sealed class ShutdownScenario : IDisposable
{
    private readonly Scenario _scenario;
    private readonly Ledger _ledger;
    private readonly Disruptor<ScenarioEvent> _disruptor;
    private readonly RecordingExceptionHandler<ScenarioEvent> _exceptions = new();
    private readonly Stage[] _stages;
    private readonly Producer[] _producers;

    /// <param name="scenario">Its stages in layers, as a disruptor has them.</param>
    /// <param name="waitStrategy">Of the ring.</param>
    private ShutdownScenario(Scenario scenario, IWaitStrategy waitStrategy)
    {
        _scenario = scenario;
        _ledger = new Ledger(scenario.Total);
        _disruptor = new(() => default, scenario.Size, null, scenario.Type, waitStrategy);
        _disruptor.SetDefaultExceptionHandler(_exceptions);
        RingBuffer<ScenarioEvent> ring = _disruptor.RingBuffer;
        _stages = [.. scenario.Stages.Select((_, stage) => CreateStage(stage))];
        _producers = [.. scenario.Producers.Select((_, i) => new Producer(scenario, ring, _ledger, i))];
        Wire();
    }

    public static void Run(Scenario scenario, IWaitStrategy waitStrategy, bool whileProducersRun)
    {
        using ShutdownScenario run = new(Layers.Of(scenario), waitStrategy);
        run.RunAndShutDown(whileProducersRun);
    }

    public void Dispose() => _disruptor.Dispose();

    /// <summary>A pool has its layer to itself, as a disruptor has it.</summary>
    private Stage CreateStage(int stage) => _scenario.IsPool(stage) && _scenario.Stages.Count(upstream => IsBeside(upstream, stage)) == 1
        ? new StagePool(_scenario, _ledger, stage)
        : new StageHandler(_scenario, _disruptor.RingBuffer, _ledger, stage);

    /// <summary>The stages of a layer come after the same ones, and no other stages do.</summary>
    private bool IsBeside(int[] upstream, int stage) => upstream.LastOrDefault(-1) == _scenario.Stages[stage].LastOrDefault(-1);

    private void Wire()
    {
        EventHandlerGroup<ScenarioEvent>? group = null;
        foreach (IGrouping<int, Stage> layer in _stages.GroupBy(stage => _scenario.Stages[Array.IndexOf(_stages, stage)].LastOrDefault(-1)))
            group = layer.First() is StagePool pool ? WirePool(group, pool) : WireHandlers(group, [.. layer.Cast<StageHandler>()]);
    }

    private EventHandlerGroup<ScenarioEvent> WireHandlers(EventHandlerGroup<ScenarioEvent>? group, StageHandler[] handlers) =>
        group?.Then(handlers) ?? _disruptor.HandleEventsWith(handlers);

    private EventHandlerGroup<ScenarioEvent> WirePool(EventHandlerGroup<ScenarioEvent>? group, StagePool pool) =>
        group?.ThenHandleEventsWithWorkerPool(pool.CreateWorkers()) ?? _disruptor.HandleEventsWithWorkerPool(pool.CreateWorkers());

    private void RunAndShutDown(bool whileProducersRun)
    {
        _producers[0].RunTo(_scenario.Prefill);
        _disruptor.Start();
        Background[] threads = [.. _producers.Select(producer => Background.Run(() => ProduceUntilClosed(producer)))];
        Eventually.Holds(() => _ledger.HasFailed || (whileProducersRun ? IsHalfDone : HaveEnded(threads)), "it is published");
        MustNotHaveFailed();
        bool handled = _disruptor.Shutdown(Eventually.Deadline);
        Background.Join(threads);
        MustHaveHandledAll(handled);
    }

    private bool IsHalfDone => _disruptor.RingBuffer.Cursor >= (_scenario.Total / 2) - 1;

    private static bool HaveEnded(Background[] threads) => Array.TrueForAll(threads, thread => thread.HasEnded);

    private void MustNotHaveFailed() => Require.That(!_ledger.HasFailed, string.Join("; ", _ledger.Failures));

    private static void ProduceUntilClosed(Producer producer)
    {
        try
        {
            producer.RunToEnd();
        }
        catch (RingClosedException)
        {
            // It was shut down meanwhile.
        }
    }

    private void MustHaveHandledAll(bool handled)
    {
        MustNotHaveFailed();
        Require.That(handled, "the shutdown says that all was handled");
        Require.That(_exceptions.Failures.All(failure => failure.EndsWith("planted", StringComparison.Ordinal)), "nothing else is thrown");
        long last = _ledger.ClaimedCount - 1;
        foreach (Stage stage in _stages)
            Require.Equal(last, stage.HandledUpTo(last), "the last sequence that a stage was given");
    }
}
