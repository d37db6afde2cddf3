using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Consumers that die, rings that close, claims that are given up.</summary>
internal static class FaultPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from strategy in StrategyCase.Distinct
        from type in Enum.GetValues<ProducerType>()
        from program in GetFor(strategy, type)
        select program;

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy, ProducerType type)
    {
        Cost larger = strategy == StrategyCase.BusySpin ? Cost.Small : strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large;
        yield return Create("a consumer dies, a producer waits", () => ConsumerDies(strategy, type));
        yield return Create("the ring closes, a producer waits", () => CloseFullRing(strategy, type));
        yield return Create("the ring closes, a claim finds room", () => CloseAgainstLook(strategy, type));
        yield return Create("the ring closes for two causes", () => CloseTwice(strategy, type));
        yield return Create("the cause of a close is asked for", () => AskForCause(strategy, type));
        yield return Create("a scope is abandoned", () => AbandonScope(strategy, type), larger);
        if (type is ProducerType.Multi)
        {
            yield return Create("the cursor of a closed ring is final", () => CloseAgainstClaims(strategy));
            yield return Create("two producers, one abandons", () => AbandonOneOfTwo(strategy), larger);
            if (strategy == StrategyCase.BusySpin)
                yield return Create("two producers abandon at once", () => AbandonBoth(strategy));
        }

        ModelProgram Create(string name, Action body, Cost cost = Cost.Small) =>
            new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost > strategy.Cost ? cost : strategy.Cost);
    }

    private static void ConsumerDies(StrategyCase strategy, ProducerType type)
    {
        InvalidOperationException cause = new("planted");
        Bench bench = new(strategy, type, size: 1, _ => throw cause);
        bench.Publish(1);
        ModelThread processor = bench.StartProcessor();
        Machine.Require(ReferenceEquals(PublishUntilClosed(bench.Ring), cause), "the producer is told why");
        Machine.Join(processor);
        Machine.Require(bench.Processor.Sequence.Value == -1, "the sequence stays in front of the event that failed");
    }

    private static void CloseFullRing(StrategyCase strategy, ProducerType type)
    {
        InvalidOperationException cause = new("planted");
        Bench bench = new(strategy, type, size: 1);
        bench.Publish(1);
        ModelThread closer = Machine.Start(() => bench.Ring.Close(cause), "closer");
        Machine.Require(ReferenceEquals(PublishUntilClosed(bench.Ring), cause), "the producer is told why");
        Machine.Join(closer);
        Machine.Require(!bench.Ring.TryNext(out _), "a closed ring takes no more");
        Machine.Require(bench.Ring.Cursor == 0, "what was published is there");
    }

    /// <summary>What the claim has found out about the consumers must not open the ring again.</summary>
    private static void CloseAgainstLook(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 2);
        bench.Publish(1);
        bench.Publish(2);
        bench.Processor.Sequence.Set(1);
        ModelThread closer = Machine.Start(() => bench.Ring.Close(), "closer");
        if (bench.Ring.TryNext(out long sequence))
            bench.Ring.Publish(sequence);
        Machine.Join(closer);
        Machine.Require(!bench.Ring.HasAvailableCapacity(1), "a closed ring has no room");
        Machine.Require(!bench.Ring.TryNext(out _), "a closed ring takes no more");
    }

    private static void CloseTwice(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 1);
        InvalidOperationException first = new("first");
        InvalidOperationException second = new("second");
        ModelThread closer = Machine.Start(() => bench.Ring.Close(first), "closer");
        bench.Ring.Close(second);
        Exception? seen = bench.Ring.CloseCause;
        Machine.Join(closer);
        Machine.Require(seen is not null && ReferenceEquals(seen, bench.Ring.CloseCause), "the first cause stays");
    }

    private static void CloseAgainstClaims(StrategyCase strategy)
    {
        Bench bench = new(strategy, ProducerType.Multi, size: 2);
        long claimed = -1;
        ModelThread producer = Machine.Start(
            () =>
            {
                for (int i = 0; i < 2 && bench.Ring.TryNext(out long sequence); i++)
                {
                    claimed = sequence;
                    bench.Ring.Publish(sequence);
                }
            },
            "producer");
        bench.Ring.Close();
        long cursor = bench.Ring.Cursor;
        Machine.Join(producer);
        Machine.Require(claimed == cursor, "what was claimed when Close returned is all that ever will be");
        Machine.Require(bench.Ring.Cursor == cursor, "no claim succeeds once Close has returned");
    }

    private static void AbandonScope(StrategyCase strategy, ProducerType type)
    {
        Bench bench = null!;
        bench = new Bench(strategy, type, size: 4, sequence =>
        {
            if (sequence == 2)
                bench.Processor.Halt();
        });
        ModelThread processor = bench.StartProcessor();
        Publish(bench.Ring, 1, commits: true);
        Publish(bench.Ring, 9, commits: false);
        Publish(bench.Ring, 2, commits: true);
        Machine.Join(processor);
        Machine.Require(bench.Handler.Values.SequenceEqual([1L, 2L]), "only what was committed is handled");
    }

    /// <summary>The first two claims that are ever given up: none of the marks may be lost.</summary>
    private static void AbandonBoth(StrategyCase strategy)
    {
        Bench bench = null!;
        bench = new Bench(strategy, ProducerType.Multi, size: 4, _ => bench.Processor.Halt());
        ModelThread other = Machine.Start(() => Publish(bench.Ring, 9, commits: false), "other producer");
        Publish(bench.Ring, 8, commits: false);
        Machine.Join(other);
        Publish(bench.Ring, 1, commits: true);
        bench.Processor.Run();
        Machine.Require(bench.Handler.Values.SequenceEqual([1L]), "only what was committed is handled");
    }

    private static void AskForCause(StrategyCase strategy, ProducerType type)
    {
        Bench bench = new(strategy, type, size: 1);
        ModelThread closer = Machine.Start(
            () =>
            {
                PlantedException cause = new();
                cause.Detail.Value = 1;
                bench.Ring.Close(cause);
            },
            "closer");
        if (bench.Ring.CloseCause is PlantedException seen)
            Machine.Require(seen.Detail.Value == 1, "the cause is complete");
        Machine.Join(closer);
    }

    private static void AbandonOneOfTwo(StrategyCase strategy)
    {
        Bench bench = null!;
        bench = new Bench(strategy, ProducerType.Multi, size: 2, _ => bench.Processor.Halt());
        ModelThread processor = bench.StartProcessor();
        ModelThread other = Machine.Start(() => Publish(bench.Ring, 9, commits: false), "other producer");
        Publish(bench.Ring, 1, commits: true);
        Machine.Join(other);
        Machine.Join(processor);
        Machine.Require(bench.Handler.Values.SequenceEqual([1L]), "only what was committed is handled");
    }

    private static void Publish(RingBuffer<ModelEvent> ring, long value, bool commits)
    {
        using PublishingScope<ModelEvent> scope = ring.PublishEvent();
        scope.Event.Fill(value);
        if (commits)
            scope.Commit();
    }

    /// <summary>Publishes until that is refused; the cause of it.</summary>
    private static Exception? PublishUntilClosed(RingBuffer<ModelEvent> ring)
    {
        try
        {
            while (true)
            {
                long sequence = ring.Next();
                ring[sequence].Fill(1);
                ring.Publish(sequence);
            }
        }
        catch (RingClosedException closed)
        {
            return closed.InnerException;
        }
    }
}
