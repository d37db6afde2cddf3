using Ring.Core;
using Ring.Tests.Model.Engine;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Model.Properties;

/// <summary>A scenario as a program of the machine, whose main thread is the first producer.</summary>
internal sealed class ModelScenario
{
    private readonly Scenario _scenario;
    private readonly Journal _journal;
    private readonly RingBuffer<ScenarioEvent> _ring;
    private readonly ModelStage[] _stages;
    private readonly StageRunner[] _runners;
    private readonly ModelProducer[] _producers;
    private readonly ModelVisitor[] _visitors;
    private readonly Watch _watch;

    private ModelScenario(Scenario scenario, IWaitStrategy waitStrategy)
    {
        _scenario = scenario;
        _journal = new Journal(scenario.Total);
        _ring = RingBuffer.Create(scenario.Type, () => new ScenarioEvent(scenario.Stages.Length), scenario.Size, waitStrategy);
        _stages = [.. scenario.Stages.Select((_, stage) => new ModelStage(scenario, stage))];
        _runners = new StageRunner[_stages.Length];
        for (int stage = 0; stage < _stages.Length; stage++)
            _runners[stage] = CreateRunner(stage);
        _ring.AddGatingSequences(SequencesOf(scenario.Leaves));
        _producers = [.. scenario.Producers.Select((_, i) => new ModelProducer(scenario, _ring, _journal, i))];
        _visitors = [.. Enumerable.Range(0, scenario.Visits).Select(_ => new ModelVisitor(_ring, _journal))];
        _watch = new Watch(SequencesOf(Enumerable.Range(0, _stages.Length)));
    }

    public static void Run(Scenario scenario, IWaitStrategy waitStrategy) => new ModelScenario(scenario, waitStrategy).Run();

    private StageRunner CreateRunner(int stage)
    {
        Sequence[] upstream = SequencesOf(_scenario.Stages[stage]);
        return _scenario.IsPool(stage)
            ? StageRunner.OfPool(_ring, upstream, _stages[stage], CreateWorkers(_stages[stage]))
            : StageRunner.OfHandler(_ring, upstream, _stages[stage], _stages[stage]);
    }

    private static IWorkHandler<ScenarioEvent>[] CreateWorkers(ModelStage stage) =>
        [.. Enumerable.Range(0, Scenario.WorkersOfPool).Select(_ => new ModelWorker(stage))];

    private Sequence[] SequencesOf(IEnumerable<int> stages) => [.. stages.SelectMany(stage => _runners[stage].Sequences)];

    private void Run()
    {
        _producers[0].RunTo(_scenario.Prefill);
        List<ModelThread> threads =
        [
            .. _runners.Select((runner, stage) => Machine.Start(runner.Run, $"stage {stage}")),
            .. _producers.Skip(1).Select((producer, i) => Machine.Start(producer.RunToEnd, $"producer {i + 1}")),
        ];
        if (_visitors.Length > 0)
            threads.Add(Machine.Start(() => Array.ForEach(_visitors, visitor => visitor.Visit()), "visitor"));
        _producers[0].RunToEnd();
        Array.ForEach(_runners, AwaitEnd);
        Array.ForEach(_runners, runner => runner.Halt());
        Array.ForEach(_visitors, visitor => visitor.Halt());
        threads.ForEach(Machine.Join);
        foreach (ModelStage stage in _stages)
            Machine.Require(stage.Values.Values.SequenceEqual(_journal.After(Sequence.Initial)), "a stage is given all, in order");
    }

    private void AwaitEnd(StageRunner runner)
    {
        while (runner.Position < _scenario.Total - 1)
        {
            Machine.Require(_watch.SeesNoneGoBack(), "the position of a stage never goes back");
            Machine.SpinHint();
        }
    }
}
