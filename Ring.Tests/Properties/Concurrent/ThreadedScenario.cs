using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A scenario on real threads, by processors that are wired by hand in any graph.</summary>
internal sealed class ThreadedScenario
{
    private readonly Scenario _scenario;
    private readonly Ledger _ledger;
    private readonly RingBuffer<ScenarioEvent> _ring;
    private readonly StageHandler[] _handlers;
    private readonly BatchEventProcessor<ScenarioEvent>[] _processors;
    private readonly Producer[] _producers;
    private readonly Visitor[] _visitors;

    private ThreadedScenario(Scenario scenario, IWaitStrategy waitStrategy)
    {
        _scenario = scenario;
        _ledger = new Ledger(scenario.Total);
        _ring = RingBuffer.Create(scenario.Type, () => default(ScenarioEvent), scenario.Size, waitStrategy);
        _handlers = [.. scenario.Stages.Select((_, stage) => new StageHandler(scenario, _ring, _ledger, stage))];
        _processors = new BatchEventProcessor<ScenarioEvent>[_handlers.Length];
        for (int stage = 0; stage < _processors.Length; stage++)
            _processors[stage] = CreateProcessor(stage);
        _ring.AddGatingSequences([.. scenario.Leaves.Select(stage => _processors[stage].Sequence)]);
        _producers = [.. scenario.Producers.Select((_, i) => new Producer(scenario, _ring, _ledger, i))];
        _visitors = [.. Enumerable.Range(0, scenario.Visits).Select(_ => new Visitor(_ring, _ledger, _producers.Length))];
    }

    private long Last => _scenario.Total - 1;

    private bool AllIsHandled => Array.TrueForAll(_processors, processor => processor.Sequence.Value == Last);

    public static void Run(Scenario scenario, IWaitStrategy waitStrategy)
    {
        ThreadedScenario run = new(scenario, waitStrategy);
        run.RunAll();
        run.MustHaveHandledAll();
    }

    private BatchEventProcessor<ScenarioEvent> CreateProcessor(int stage)
    {
        Sequence[] upstream = Array.ConvertAll(_scenario.Stages[stage], other => _processors[other].Sequence);
        BatchEventProcessor<ScenarioEvent> processor = new(_ring, _ring.NewBarrier(upstream), _handlers[stage]);
        processor.SetExceptionHandler(_handlers[stage]);
        return processor;
    }

    private void RunAll()
    {
        _producers[0].RunTo(_scenario.Prefill);
        Background[] producers = [.. _producers.Select(producer => Start(producer.RunToEnd))];
        Background[] threads =
        [
            .. producers,
            .. _processors.Select(processor => Start(processor.Run)),
            Start(() => Array.ForEach(_visitors, visitor => visitor.Visit())),
        ];
        if (!SpinWait.SpinUntil(() => _ledger.HasFailed || (AllIsHandled && HaveEnded(producers)), Eventually.Deadline))
            _ledger.Fail($"not done within {Eventually.Deadline}; at {string.Join(", ", _processors.Select(p => p.Sequence))} of {Last}");
        End(threads);
    }

    private Background Start(Action action) => Background.Run(() =>
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _ledger.Fail($"{exception.GetType().Name}: {exception.Message}");
        }
    });

    private static bool HaveEnded(Background[] threads) => Array.TrueForAll(threads, thread => thread.HasEnded);

    /// <summary>Whatever has happened, no thread is left.</summary>
    private void End(Background[] threads)
    {
        _ring.Close();
        Array.ForEach(_processors, processor => processor.Halt());
        Array.ForEach(_visitors, visitor => visitor.Halt());
        Background.Join(threads);
    }

    private void MustHaveHandledAll()
    {
        Require.That(!_ledger.HasFailed, string.Join("; ", _ledger.Failures));
        Require.Equal(_scenario.Total, _ledger.ClaimedCount, "claimed sequences");
        foreach (StageHandler handler in _handlers)
        {
            handler.PassTo(Last);
            Require.Equal(Last, handler.Position, "the last sequence that a stage was given");
        }
    }
}
