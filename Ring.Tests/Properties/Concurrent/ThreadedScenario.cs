using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Properties.Scenarios;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A scenario on real threads, by processors and pools that are wired by hand in any graph.</summary>
internal sealed class ThreadedScenario
{
    private readonly Scenario _scenario;
    private readonly Ledger _ledger;
    private readonly RingBuffer<ScenarioEvent> _ring;
    private readonly Stage[] _stages;
    private readonly StageRunner[] _runners;
    private readonly Producer[] _producers;
    private readonly Visitor[] _visitors;
    private readonly Watch _watch;

    private ThreadedScenario(Scenario scenario, IWaitStrategy waitStrategy)
    {
        _scenario = scenario;
        _ledger = new Ledger(scenario.Total);
        _ring = RingBuffer.Create(scenario.Type, () => default(ScenarioEvent), scenario.Size, waitStrategy);
        _stages = [.. scenario.Stages.Select((_, stage) => CreateStage(stage))];
        _runners = new StageRunner[_stages.Length];
        for (int stage = 0; stage < _runners.Length; stage++)
            _runners[stage] = CreateRunner(_stages[stage], SequencesOf(scenario.Stages[stage]));
        _ring.AddGatingSequences(SequencesOf(scenario.Leaves));
        _producers = [.. scenario.Producers.Select((_, i) => new Producer(scenario, _ring, _ledger, i))];
        _visitors = [.. Enumerable.Range(0, scenario.Visits).Select(_ => new Visitor(_ring, _ledger, _producers.Length))];
        _watch = new Watch(SequencesOf(Enumerable.Range(0, _stages.Length)));
    }

    private long Last => _scenario.Total - 1;

    private bool AllIsHandled => Array.TrueForAll(_runners, runner => runner.Position == Last);

    public static void Run(Scenario scenario, IWaitStrategy waitStrategy)
    {
        ThreadedScenario run = new(scenario, waitStrategy);
        run.RunAll();
        run.MustHaveHandledAll();
    }

    private Stage CreateStage(int stage) => _scenario.IsPool(stage)
        ? new StagePool(_scenario, _ledger, stage)
        : new StageHandler(_scenario, _ring, _ledger, stage);

    private StageRunner CreateRunner(Stage stage, Sequence[] upstream) => stage is StagePool pool
        ? StageRunner.OfPool(_ring, upstream, pool, pool.CreateWorkers())
        : StageRunner.OfHandler(_ring, upstream, stage, (StageHandler)stage);

    private Sequence[] SequencesOf(IEnumerable<int> stages) => [.. stages.SelectMany(stage => _runners[stage].Sequences)];

    private void RunAll()
    {
        _producers[0].RunTo(_scenario.Prefill);
        Background[] producers = [.. _producers.Select(producer => Start(producer.RunToEnd))];
        Background[] threads =
        [
            .. producers,
            .. _runners.Select(runner => Start(runner.Run)),
            Start(() => Array.ForEach(_visitors, visitor => visitor.Visit())),
        ];
        if (!SpinWait.SpinUntil(() => HasFailed() || (AllIsHandled && HaveEnded(producers)), Eventually.Deadline))
            _ledger.Fail($"not done within {Eventually.Deadline}; at {string.Join(", ", _runners.Select(runner => runner.Position))} of {Last}");
        End(threads);
    }

    private bool HasFailed()
    {
        if (!_watch.SeesNoneGoBack())
            _ledger.Fail("the position of a stage goes back");
        return _ledger.HasFailed;
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
        Array.ForEach(_runners, runner => runner.Halt());
        Array.ForEach(_visitors, visitor => visitor.Halt());
        Background.Join(threads);
    }

    private void MustHaveHandledAll()
    {
        Require.That(!_ledger.HasFailed, string.Join("; ", _ledger.Failures));
        Require.Equal(_scenario.Total, _ledger.ClaimedCount, "claimed sequences");
        foreach (Stage stage in _stages)
            Require.Equal(Last, stage.HandledUpTo(Last), "the last sequence that a stage was given");
    }
}
