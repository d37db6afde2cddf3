using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Events that one stage skips, and that those after it do not see.</summary>
internal static class SkipPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from type in Enum.GetValues<ProducerType>()
        from program in GetFor(StrategyCase.BusySpin, type)
        select program;

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy, ProducerType type)
    {
        yield return Create("a stage skips an event of a full ring", () => Skip(strategy, type, size: 2, prefill: 2), Cost.Small);
        yield return Create("a stage skips an event, a producer waits", () => Skip(strategy, type, size: 1, prefill: 1), Cost.Endless);
        yield return Create("a worker skips an event", () => SkipByWorker(strategy, type), Cost.Large);

        ModelProgram Create(string name, Action body, Cost cost) => new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost);
    }

    private static void Skip(StrategyCase strategy, ProducerType type, int size, int prefill)
    {
        Bench bench = null!;
        bench = new Bench(strategy, type, size, sequence =>
        {
            if (sequence == 0)
                throw new PlantedException();
            bench.Processor.Halt();
        });
        bench.Processor.SetExceptionHandler(new SkipExceptionHandler<ModelEvent>());
        BatchEventProcessor<ModelEvent> second = null!;
        ModelHandler handler = new() { AfterEvent = _ => second.Halt() };
        second = new BatchEventProcessor<ModelEvent>(bench.Ring, bench.Ring.NewBarrier(bench.Processor.Sequence), handler);
        bench.Ring.AddGatingSequences(second.Sequence);

        for (int i = 0; i < prefill; i++)
            bench.Publish(i);
        ModelThread first = bench.StartProcessor();
        ModelThread next = Machine.Start(second.Run, "next stage");
        for (int i = prefill; i < 2; i++)
            bench.Publish(i);
        Machine.Join(first);
        Machine.Join(next);
        Machine.Require(handler.Values.SequenceEqual([1L]), "only what was not skipped");
    }

    private static void SkipByWorker(StrategyCase strategy, ProducerType type)
    {
        PoolBench bench = new(strategy, type, size: 2, workers: 1, FailAtFirst, failures: new SkipExceptionHandler<ModelEvent>());
        BatchEventProcessor<ModelEvent> second = null!;
        ModelHandler handler = new() { AfterEvent = _ => second.Halt() };
        second = new BatchEventProcessor<ModelEvent>(bench.Ring, bench.Ring.NewBarrier([.. bench.Pool.Sequences]), handler);
        bench.Publish();
        bench.Publish();
        bench.Start();
        second.Run();
        bench.Pool.Halt();
        bench.Join();
        Machine.Require(handler.Values.SequenceEqual([2L + ModelWorker.Step]), "only what was not skipped");
    }

    private static void FailAtFirst(ModelWorker worker, long sequence)
    {
        if (sequence == 0)
            throw new PlantedException();
    }
}
