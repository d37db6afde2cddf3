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
    private readonly BatchEventProcessor<ScenarioEvent>[] _processors;
    private readonly ModelProducer[] _producers;
    private readonly ModelVisitor[] _visitors;

    private ModelScenario(Scenario scenario, IWaitStrategy waitStrategy)
    {
        _scenario = scenario;
        _journal = new Journal(scenario.Total);
        _ring = RingBuffer.Create(scenario.Type, () => new ScenarioEvent(scenario.Stages.Length), scenario.Size, waitStrategy);
        _stages = [.. scenario.Stages.Select((_, stage) => new ModelStage(scenario, stage))];
        _processors = new BatchEventProcessor<ScenarioEvent>[_stages.Length];
        for (int stage = 0; stage < _stages.Length; stage++)
            _processors[stage] = CreateProcessor(stage);
        _ring.AddGatingSequences([.. scenario.Leaves.Select(stage => _processors[stage].Sequence)]);
        _producers = [.. scenario.Producers.Select((_, i) => new ModelProducer(scenario, _ring, _journal, i))];
        _visitors = [.. Enumerable.Range(0, scenario.Visits).Select(_ => new ModelVisitor(_ring, _journal))];
    }

    public static void Run(Scenario scenario, IWaitStrategy waitStrategy) => new ModelScenario(scenario, waitStrategy).Run();

    private BatchEventProcessor<ScenarioEvent> CreateProcessor(int stage)
    {
        Sequence[] upstream = Array.ConvertAll(_scenario.Stages[stage], other => _processors[other].Sequence);
        BatchEventProcessor<ScenarioEvent> processor = new(_ring, _ring.NewBarrier(upstream), _stages[stage]);
        processor.SetExceptionHandler(_stages[stage]);
        return processor;
    }

    private void Run()
    {
        _producers[0].RunTo(_scenario.Prefill);
        List<ModelThread> threads =
        [
            .. _processors.Select((processor, stage) => Machine.Start(processor.Run, $"stage {stage}")),
            .. _producers.Skip(1).Select((producer, i) => Machine.Start(producer.RunToEnd, $"producer {i + 1}")),
        ];
        if (_visitors.Length > 0)
            threads.Add(Machine.Start(() => Array.ForEach(_visitors, visitor => visitor.Visit()), "visitor"));
        _producers[0].RunToEnd();
        Array.ForEach(_processors, AwaitEnd);
        Array.ForEach(_processors, processor => processor.Halt());
        Array.ForEach(_visitors, visitor => visitor.Halt());
        threads.ForEach(Machine.Join);
        foreach (ModelStage stage in _stages)
            Machine.Require(stage.Values.SequenceEqual(_journal.After(Sequence.Initial)), "a stage is given all, in order");
    }

    private void AwaitEnd(BatchEventProcessor<ScenarioEvent> processor)
    {
        while (processor.Sequence.Value < _scenario.Total - 1)
            Machine.SpinHint();
    }
}
