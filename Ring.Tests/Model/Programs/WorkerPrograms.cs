using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Workers that share the events: each event goes to one of them, whoever halts, dies or lets go meanwhile.</summary>
internal static class WorkerPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from strategy in StrategyCase.All
        from type in Enum.GetValues<ProducerType>()
        from program in GetFor(strategy, type)
        select program;

    /// <summary>Looks how far a pool is while its worker has an event in hand.</summary>
    /// <param name="type">Of the ring.</param>
    /// <param name="look">Says how far; more than that is not done is a failure.</param>
    public static void Watch(ProducerType type, Func<PoolBench, long> look)
    {
        PoolBench bench = new PoolBench(StrategyCase.BusySpin, type, size: 2, workers: 1).Gate();
        bench.Publish();
        ModelThread watcher = Machine.Start(
            () =>
            {
                if (look(bench) >= 0)
                    Machine.Require(bench.Ring[0].Value > ModelWorker.Step, "what the pool is past is done");
            },
            "watcher");
        bench.Start();
        Machine.Join(watcher);
        Machine.Require(bench.Pool.DrainAndHalt(), "all is handled");
    }

    /// <summary>Given backwards, and read in their order all the same.</summary>
    private static long LookThroughBarrier(PoolBench bench) =>
        bench.Ring.NewBarrier([.. bench.Pool.Sequences.Reverse()]).HighestAvailable(0);

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy, ProducerType type)
    {
        Cost large = strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large;
        // In every test run for one strategy; each takes more than a second.
        yield return Create(
            "two workers, a full ring of size 1",
            () => Share(strategy, type, 1, workers: 2, prefill: 1, events: 0),
            strategy == StrategyCase.Blocking || strategy.Cost is not Cost.Small ? strategy.Cost : Cost.Large);
        yield return Create(
            "two workers, an empty ring of size 1",
            () => Share(strategy, type, 1, workers: 2, prefill: 0, events: 1),
            strategy == StrategyCase.BusySpin ? Cost.Large : Cost.Endless);
        if (strategy.IsDistinct)
            yield return Create("a worker lets go of its event", () => Release(strategy, type), large);
        yield return Create("a wait for what was published, handled by others and overwritten", () => WaitForOverwritten(strategy, type), strategy.Cost);
        if (strategy != StrategyCase.BusySpin && strategy != StrategyCase.Blocking)
            yield break;
        yield return Create("a worker, a ring of size 1 that wraps", () => Share(strategy, type, 1, workers: 1, prefill: 1, events: 1), Cost.Large);
        yield return Create("two workers, a ring of size 1 that wraps", () => Share(strategy, type, 1, workers: 2, prefill: 1, events: 1));
        yield return Create("a stage behind two workers", () => Follow(strategy, type, workers: 2));
        yield return Create("workers are halted against a publication", () => HaltAgainstPublication(strategy, type));
        yield return Create("a worker dies, a producer waits", () => Die(strategy, type));
        if (strategy != StrategyCase.BusySpin)
            yield break;
        yield return Create("two workers, a ring of size 1 that wraps twice", () => Share(strategy, type, 1, workers: 2, prefill: 1, events: 2));
        yield return Create("two workers, a full ring of size 2", () => Share(strategy, type, 2, workers: 2, prefill: 2, events: 1));
        yield return Create("two workers, an empty ring of size 2", () => Share(strategy, type, 2, workers: 2, prefill: 0, events: 2));
        yield return Create("a stage behind a worker", () => Follow(strategy, type, workers: 1));
        yield return Create("two workers behind a stage", () => Precede(strategy, type));
        yield return Create("a pool is drained against a publication", () => DrainAgainstPublication(strategy, type));
        yield return Create("the positions of a pool are watched in their order", () => Watch(type, LookThroughBarrier), Cost.Small);

        ModelProgram Create(string name, Action body, Cost cost = Cost.Endless) => new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost);
    }

    private static void Share(StrategyCase strategy, ProducerType type, int size, int workers, int prefill, int events)
    {
        PoolBench bench = null!;
        bench = new PoolBench(strategy, type, size, workers, (_, _) => bench.HaltAfter(prefill + events)).Gate();
        for (int i = 0; i < prefill; i++)
            bench.Publish();
        bench.Start();
        for (int i = 0; i < events; i++)
            bench.Publish();
        bench.Join();
        bench.RequireAllHandled(prefill + events);
    }

    /// <summary>
    /// A worker that waits holds up nobody: by the time it looks, another one may have handled the event, and its slot be
    /// published again.
    /// </summary>
    private static void WaitForOverwritten(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 1, strategy.Create());
        Sequence others = new();
        ring.AddGatingSequences(others);
        ModelThread waiter = Machine.Start(
            () =>
            {
                SequenceBarrier barrier = ring.NewBarrier();
                while (!barrier.WaitFor(0).IsAvailable)
                    Machine.SpinHint();
            },
            "waiting worker");
        ring.Publish(ring.Next());
        others.Set(0);
        ring.Publish(ring.Next());
        Machine.Join(waiter);
    }

    /// <summary>The stage sees what the workers wrote, and the slots wait for it.</summary>
    private static void Follow(StrategyCase strategy, ProducerType type, int workers)
    {
        PoolBench bench = null!;
        bench = new PoolBench(strategy, type, size: 2, workers, (_, _) => bench.HaltAfter(2));
        Stage stage = new(bench.Ring, bench.Ring.NewBarrier([.. bench.Pool.Sequences]), number: 1, Topology.Chain);
        bench.Ring.AddGatingSequences(stage.Sequence);
        bench.Publish();
        bench.Start();
        ModelThread follower = Machine.Start(() => stage.RunTo(1), "stage");
        bench.Publish();
        Machine.Join(follower);
        bench.Join();
        bench.RequireAllHandled(2);
        Machine.Require(stage.Values.SequenceEqual([1L, 2L]), "a stage behind a pool sees each event once, in order, after its worker");
    }

    private static void Precede(StrategyCase strategy, ProducerType type)
    {
        Stage stage = null!;
        PoolBench bench = null!;
        bench = new PoolBench(strategy, type, size: 2, workers: 2, (_, _) => bench.HaltAfter(2), ring =>
        {
            stage = new Stage(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
            return [stage.Sequence];
        }).Gate();
        bench.Publish();
        bench.Publish();
        bench.Start();
        stage.RunTo(1);
        bench.Join();
        bench.RequireAllHandled(2);
    }

    /// <summary>The slot is free while the handler that let go of it still runs.</summary>
    private static void Release(StrategyCase strategy, ProducerType type)
    {
        PoolBench bench = null!;
        bench = new PoolBench(strategy, type, size: 1, workers: 1, (worker, sequence) =>
        {
            worker.Releaser.Release();
            worker.Releaser.Release();
            while (bench.Ring.Cursor == sequence && sequence == 0)
                Machine.SpinHint();
            bench.HaltAfter(2);
        }).Gate();
        bench.Publish();
        bench.Start();
        bench.Publish();
        bench.Join();
        bench.RequireAllHandled(2);
    }

    /// <summary>Whatever the halt finds, what is published is there for the next run, once.</summary>
    private static void HaltAgainstPublication(StrategyCase strategy, ProducerType type)
    {
        PoolBench bench = new PoolBench(strategy, type, size: 1).Gate();
        bench.Start();
        ModelThread halt = Machine.Start(bench.Pool.Halt, "halt");
        bench.Publish();
        Machine.Join(halt);
        bench.Join();
        Machine.Require(!bench.Pool.IsRunning, "a halted pool does not run");
        Machine.Require(bench.Pool.HasBacklog == (bench.Handled == 0), "the positions say what was handled");
        bench.Start();
        Machine.Require(bench.Pool.DrainAndHalt(), "the next run handles what is left");
        bench.RequireAllHandled(1);
    }

    private static void DrainAgainstPublication(StrategyCase strategy, ProducerType type)
    {
        PoolBench bench = new PoolBench(strategy, type, size: 2, workers: 1).Gate();
        bench.Publish();
        bench.Start();
        ModelThread producer = Machine.Start(bench.Publish, "producer");
        Machine.Require(bench.Pool.DrainAndHalt(), "what was there is handled");
        Machine.Require(bench.Handled >= 1, "what was there is handled");
        Machine.Join(producer);
        bench.RequireAllHandled(bench.Handled);
    }

    /// <summary>The producer that waits for the worker that dies is told why, and nobody passes its event by.</summary>
    private static void Die(StrategyCase strategy, ProducerType type)
    {
        InvalidOperationException cause = new("planted");
        PoolBench bench = new PoolBench(strategy, type, size: 1, afterEvent: (_, _) => throw cause).Gate();
        bench.Publish();
        bench.Start();
        Exception? told = null;
        try
        {
            bench.Publish();
        }
        catch (RingClosedException closed)
        {
            told = closed.InnerException;
        }

        Machine.Require(ReferenceEquals(told, cause), "the producer is told why");
        bench.Pool.Halt();
        bench.Join();
        Machine.Require(bench.Handled == 1 && bench.Ring.MinimumGatingSequence == -1, "the event that failed is passed by nobody");
    }
}
