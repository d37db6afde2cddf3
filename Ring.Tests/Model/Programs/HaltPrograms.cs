using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Stopping a processor, in whatever it is, and running it again.</summary>
internal static class HaltPrograms
{
    public static IEnumerable<ModelProgram> Get() => StrategyCase.All.SelectMany(GetFor);

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy)
    {
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            yield return Create("halt with nothing to do", () => HaltIdle(strategy, type));
            yield return Create("halt against a publication", () => HaltAgainstPublication(strategy, type));
            yield return Create("halt for a reason", () => HaltForReason(strategy, type));
            yield return Create("halt behind another consumer", () => HaltBehindOther(strategy, type));
            if (type is ProducerType.Multi)
                yield return Create("halt in front of a hole", () => HaltBeforeHole(strategy));
            if (!strategy.IsDistinct)
                continue;
            yield return Create("halt against a move of the one before", () => HaltAgainstMove(strategy, type));
            yield return Create("halt by two threads", () => HaltTwice(strategy, type));
            yield return Create("restart on another thread", () => Restart(strategy, type));
            yield return Create("run by two threads", () => RunTwice(strategy, type), strategy == StrategyCase.BusySpin ? Cost.Small : Cost.Large);

            ModelProgram Create(string name, Action body, Cost? cost = null) =>
                new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost ?? strategy.Cost);
        }
    }

    private static void HaltIdle(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        ModelThread processor = bench.StartProcessor();
        bench.Processor.Halt();
        Machine.Join(processor);
        Machine.Require(!bench.Processor.IsRunning, "a halted processor does not run");
    }

    private static void HaltAgainstPublication(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        ModelThread processor = bench.StartProcessor();
        ModelThread halt = Machine.Start(bench.Processor.Halt, "halt");
        bench.Publish(1);
        Machine.Join(halt);
        Machine.Join(processor);
        long handled = bench.Processor.Sequence.Value + 1;
        Machine.Require(bench.Handler.Values.Count == handled, "the sequence says what was handled");
    }

    /// <summary>The event is there, but not for this one.</summary>
    private static void HaltBehindOther(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2, after: new Sequence());
        bench.Publish(1);
        HaltWaiting(bench);
    }

    /// <summary>The second of two claims is published, the first is not.</summary>
    private static void HaltBeforeHole(StrategyCase strategy)
    {
        Bench bench = new(strategy, ProducerType.Multi, size: 2);
        _ = bench.Ring.Next();
        bench.Publish(1);
        HaltWaiting(bench);
    }

    private static void HaltWaiting(Bench bench)
    {
        ModelThread processor = bench.StartProcessor();
        bench.Processor.Halt();
        Machine.Join(processor);
        Machine.Require(bench.Handler.Values.Count == 0, "nothing was let through");
    }

    private static void HaltAgainstMove(StrategyCase strategy, ProducerType type)
    {
        Sequence before = new();
        Bench bench = new(strategy, type, size: 2, after: before);
        bench.Publish(1);
        ModelThread processor = bench.StartProcessor();
        ModelThread halt = Machine.Start(bench.Processor.Halt, "halt");
        before.Set(0);
        Machine.Join(halt);
        Machine.Join(processor);
        Machine.Require(bench.Handler.Values.Count == bench.Processor.Sequence.Value + 1, "the sequence says what was handled");
    }

    private static void HaltTwice(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        ModelThread processor = bench.StartProcessor();
        ModelThread other = Machine.Start(bench.Processor.Halt, "halt");
        bench.Processor.Halt();
        Machine.Join(other);
        Machine.Join(processor);
    }

    /// <summary>What was done before the halt can be seen by whoever is halted.</summary>
    private static void HaltForReason(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        ModelEvent reason = new();
        bench.Handler.BeforeEnd = () => Machine.Require(reason.Value == 1, "the reason is known");
        ModelThread processor = bench.StartProcessor();
        reason.Value = 1;
        bench.Processor.Halt();
        Machine.Join(processor);
    }

    /// <summary>The second run is begun by whoever sees that the first has ended, not by whoever has joined its thread.</summary>
    private static void Restart(StrategyCase strategy, ProducerType type)
    {
        Bench bench = null!;
        bench = new Bench(strategy, type, size: 2, sequence =>
        {
            if (sequence == 1)
                bench.Processor.Halt();
        });
        bench.Publish(1);
        ModelThread first = bench.StartProcessor();
        bench.AwaitHandled(0);
        bench.Processor.Halt();
        while (bench.Processor.IsRunning)
            Machine.SpinHint();
        Machine.Require(bench.Handler.Runs == 1, "the first run has ended");
        bench.Publish(2);
        bench.Processor.Run();
        Machine.Require(bench.Handler.Values.SequenceEqual([1L, 2L]), "each event is handled once");
        Machine.Require(bench.Handler.Runs == 2, "the second run has ended");
        Machine.Join(first);
    }

    /// <summary>Of two runs at once one is refused; one after the other both are good.</summary>
    private static void RunTwice(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        int ended = 0;
        int refused = 0;
        ModelThread first = Machine.Start(Run, "run 1");
        ModelThread second = Machine.Start(Run, "run 2");
        for (int runs = 1; runs <= 2; runs++)
        {
            bench.Processor.Halt();
            while (Machine.Load(ref ended) < runs)
                Machine.SpinHint();
        }

        Machine.Join(first);
        Machine.Join(second);
        Machine.Require(Machine.Load(ref refused) < 2, "one of the two runs");

        void Run()
        {
            try
            {
                bench.Processor.Run();
            }
            catch (InvalidOperationException)
            {
                Machine.Modify(ref refused, before => before + 1);
            }

            Machine.Modify(ref ended, before => before + 1);
        }
    }
}
