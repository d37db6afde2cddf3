using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Consumers that join and leave while producers run.</summary>
internal static class GatingPrograms
{
    public static IEnumerable<ModelProgram> Get()
    {
        foreach (StrategyCase strategy in StrategyCase.Distinct)
        {
            foreach (ProducerType type in Enum.GetValues<ProducerType>())
            {
                string prefix = $"{type} {strategy.Name}: ";
                Cost larger = strategy.Cost is Cost.Large ? Cost.Endless : Cost.Large;
                yield return new(prefix + "joins a ring of size 1", () => Join(strategy, type, 1, 2), strategy.Options, strategy.Cost);
                yield return new(prefix + "joins a ring of size 2", () => Join(strategy, type, 2, 3), strategy.Options, larger);
            }
        }

        yield return new("Multi busy: joins a ring with two producers", JoinTwoProducers, StrategyCase.BusySpin.Options, Cost.Large);
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            CheckOptions options = StrategyCase.BusySpin.Options;
            yield return new($"{type}: leaves a full ring", () => Leave(type), options);
            yield return new($"{type}: one of two leaves", () => OneOfTwoLeaves(type), options, Cost.Large);
            yield return new($"{type}: two join at once", () => TwoJoin(type), options);
            yield return new($"{type}: the monitor's numbers", () => Monitor(type), options);
            yield return new($"{type}: what is available is complete", () => LookAtAvailable(type), options);
            yield return new($"{type}: a sequence gates while a stage waits for it", () => AttachOrDetach(type, attaches: true), options);
            yield return new($"{type}: a sequence gates no more while a stage waits for it", () => AttachOrDetach(type, attaches: false), options);
        }
    }

    /// <summary>Nobody gates before, so the producer wraps; from the moment of joining it must not.</summary>
    private static void Join(StrategyCase strategy, ProducerType type, int size, int events)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), size, strategy.Create());
        Stage stage = null!;
        long start = long.MinValue;
        ModelThread consumer = Machine.Start(
            () =>
            {
                // Made here: the producer must not see a sequence before its constructor.
                stage = new Stage(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
                ring.AddGatingSequences(stage.Sequence);
                start = stage.Sequence.Value;
                stage.RunTo(events - 1);
            },
            "consumer");
        for (int i = 0; i < events; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Fill(i + 1);
            ring.Publish(sequence);
        }

        Machine.Join(consumer);
        IEnumerable<long> expected = Enumerable.Range(0, events).Select(i => i + 1L).Skip((int)start + 1);
        Machine.Require(stage.Values.SequenceEqual(expected), "it sees all from its start on");
    }

    /// <summary>The newcomer may skip what one of them has claimed and not published; nobody may take that slot.</summary>
    private static void JoinTwoProducers()
    {
        RingBuffer<ModelEvent> ring = RingBuffer.CreateMultiProducer(() => new ModelEvent(), 1, new BusySpinWaitStrategy());
        ModelThread consumer = Machine.Start(
            () =>
            {
                Stage newcomer = new(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
                ring.AddGatingSequences(newcomer.Sequence);
                newcomer.RunTo(1);
            },
            "consumer");
        ModelThread other = Machine.Start(() => Publish(ring, 2), "other producer");
        Publish(ring, 1);
        Machine.Join(other);
        Machine.Join(consumer);
    }

    private static void Leave(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateFull(type, size: 1);
        Sequence stuck = new();
        ring.AddGatingSequences(stuck);
        stuck.Set(Sequence.Initial);
        ModelThread leaver = Machine.Start(() => ring.RemoveGatingSequence(stuck), "leaver");
        Machine.Require(ring.Next() == 1, "the producer goes on");
        Machine.Join(leaver);
    }

    private static void OneOfTwoLeaves(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 1, new BusySpinWaitStrategy());
        Stage stage = new(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
        Sequence stuck = new();
        ring.AddGatingSequences(stage.Sequence, stuck);
        Publish(ring, 1);
        ModelThread leaver = Machine.Start(() => ring.RemoveGatingSequence(stuck), "leaver");
        ModelThread consumer = Machine.Start(() => stage.RunTo(1), "consumer");
        Publish(ring, 2);
        Machine.Join(leaver);
        Machine.Join(consumer);
        Machine.Require(stage.Values.SequenceEqual([1L, 2L]), "who stays is still waited for");
    }

    private static void TwoJoin(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateFull(type, size: 1);
        Sequence first = new();
        Sequence second = new();
        ModelThread other = Machine.Start(() => ring.AddGatingSequences(second), "other");
        ring.AddGatingSequences(first);
        Machine.Join(other);
        Publish(ring, 2);
        first.Set(1);
        Machine.Require(!ring.TryNext(out _), "the second gates");
        second.Set(1);
        Machine.Require(ring.TryNext(out _), "nobody else does");
    }

    /// <summary>The list of those whom a sequence tells of its moves changes at both ends at once; nobody may be lost.</summary>
    private static void AttachOrDetach(ProducerType type, bool attaches)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 2, new BlockingWaitStrategy());
        Sequence sequence = new();
        if (!attaches)
            ring.AddGatingSequences(sequence);
        ModelThread gate = Machine.Start(
            () =>
            {
                if (attaches)
                    ring.AddGatingSequences(sequence);
                else
                    ring.RemoveGatingSequence(sequence);
            },
            "gate");
        ModelThread stage = Machine.Start(
            () => Machine.Require(ring.NewBarrier(sequence).WaitFor(0).Sequence == 0, "the stage sees the move"),
            "stage");
        Machine.Join(gate);
        sequence.Set(0);
        Machine.Join(stage);
    }

    /// <summary>What a third thread may ask at any moment is never nonsense.</summary>
    private static void Monitor(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 1, new BusySpinWaitStrategy());
        Stage stage = new(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
        ring.AddGatingSequences(stage.Sequence);
        Publish(ring, 1);
        ModelThread consumer = Machine.Start(() => stage.RunTo(1), "consumer");
        ModelThread monitor = Machine.Start(
            () =>
            {
                Machine.Require(ring.RemainingCapacity is 0 or 1, "the capacity lies between 0 and the size");
                long before = ring.Cursor;
                Machine.Require(ring.Cursor >= before, "the cursor never goes back");
            },
            "monitor");
        Publish(ring, 2);
        Machine.Join(monitor);
        Machine.Join(consumer);
    }

    private static void LookAtAvailable(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 2, new BusySpinWaitStrategy());
        ModelThread reader = Machine.Start(
            () =>
            {
                if (ring.IsAvailable(0))
                    Machine.Require(ring[0].Value == 1, "the event is complete");
            },
            "reader");
        Publish(ring, 1);
        Machine.Join(reader);
    }

    private static RingBuffer<ModelEvent> CreateFull(ProducerType type, int size)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), size, new BusySpinWaitStrategy());
        for (int i = 0; i < size; i++)
            Publish(ring, i + 1);
        return ring;
    }

    private static void Publish(RingBuffer<ModelEvent> ring, long value)
    {
        long sequence = ring.Next();
        ring[sequence].Fill(value);
        ring.Publish(sequence);
    }
}
