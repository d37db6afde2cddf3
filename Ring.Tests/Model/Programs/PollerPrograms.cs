using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Pollers: what they see, until when, and for how long they hold producers back.</summary>
internal static class PollerPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from strategy in (StrategyCase[])[StrategyCase.BusySpin, StrategyCase.Blocking]
        from type in Enum.GetValues<ProducerType>()
        from program in GetFor(strategy, type)
        select program;

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy, ProducerType type)
    {
        yield return Create("a poller of a ring of size 1", () => PollToTheEnd(strategy, type, size: 1, prefill: 0));
        yield return Create("a poller of a full ring", () => PollToTheEnd(strategy, type, size: 2, prefill: 2), Cost.Large);
        yield return Create("a poller of a ring that closes against a claim", () => CloseAgainstClaim(strategy, type));
        yield return Create("a poller behind a stage", () => PollBehindStage(strategy, type));
        yield return Create("a poller is disposed of, a producer waits", () => DisposeOfGate(strategy, type));
        yield return Create("a poller joins", () => Join(strategy, type), Cost.Large);
        if (strategy == StrategyCase.BusySpin)
            yield return Create("one joins at the oldest", () => JoinAtOldest(strategy, type));

        ModelProgram Create(string name, Action body, Cost cost = Cost.Small) =>
            new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost);
    }

    private static void PollToTheEnd(StrategyCase strategy, ProducerType type, int size, int prefill)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size);
        EventPoller<ModelEvent> poller = ring.NewPoller();
        for (int i = 0; i < prefill; i++)
            Publish(ring);
        List<long> seen = [];
        ModelThread consumer = Machine.Start(() => PollUntilClosed(poller, seen), "poller");
        Publish(ring);
        Publish(ring);
        ring.Close();
        Machine.Join(consumer);
        Machine.Require(seen.SequenceEqual(Enumerable.Range(0, prefill + 2).Select(i => (long)i)), "each event once, in order");
    }

    /// <summary>The end is not said while a claim that succeeded is still to be published.</summary>
    private static void CloseAgainstClaim(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size: 2);
        EventPoller<ModelEvent> poller = ring.NewPoller();
        List<long> seen = [];
        ModelThread consumer = Machine.Start(() => PollUntilClosed(poller, seen), "poller");
        ModelThread closer = Machine.Start(() => ring.Close(), "closer");
        int published = ring.TryNext(out long sequence) ? 1 : 0;
        if (published == 1)
        {
            ring[sequence].Fill(sequence);
            ring.Publish(sequence);
        }

        Machine.Join(closer);
        Machine.Join(consumer);
        Machine.Require(seen.Count == published, "what was claimed is seen before the end");
    }

    private static void PollBehindStage(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size: 1);
        Stage stage = new(ring, ring.NewBarrier(), 0, Topology.Chain);
        ring.AddGatingSequences(stage.Sequence);
        EventPoller<ModelEvent> poller = ring.NewPoller(stage.Sequence);
        List<long> seen = [];
        ModelThread first = Machine.Start(() => stage.RunTo(0), "stage");
        ModelThread second = Machine.Start(() => PollUntilClosed(poller, seen), "poller");
        Publish(ring);
        ring.Close();
        Machine.Join(first);
        Machine.Join(second);
        Machine.Require(seen.SequenceEqual([0L]), "each event once");
    }

    private static void DisposeOfGate(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size: 1);
        EventPoller<ModelEvent> poller = ring.NewPoller();
        Publish(ring);
        ModelThread disposer = Machine.Start(poller.Dispose, "disposer");
        Publish(ring);
        Machine.Join(disposer);
    }

    /// <summary>From its first event on, a poller that joins misses none.</summary>
    private static void Join(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size: 1);
        List<long> seen = [];
        ModelThread consumer = Machine.Start(() => PollUntilClosed(ring.NewPoller(), seen), "poller");
        Publish(ring);
        Publish(ring);
        ring.Close();
        Machine.Join(consumer);
        long first = 2 - seen.Count;
        Machine.Require(seen.SequenceEqual(Enumerable.Range(0, seen.Count).Select(i => first + i)), "the last events, without a gap");
    }

    /// <summary>Whoever joins at the oldest finds the event there that comes next, or begins behind it.</summary>
    private static void JoinAtOldest(StrategyCase strategy, ProducerType type)
    {
        RingBuffer<ModelEvent> ring = CreateRing(strategy, type, size: 1);
        Sequence resident = new();
        ring.AddGatingSequences(resident);
        Publish(ring);
        ModelThread joiner = Machine.Start(
            () =>
            {
                Sequence position = new();
                ring.AddGatingSequences(StartPosition.Oldest, position);
                if (position.Value == Sequence.Initial)
                    Machine.Require(ring[0].Value == 0, "the event that the other had not handled");
            },
            "joiner");
        resident.Set(0);
        if (ring.TryNext(out long sequence))
            ring[sequence].Fill(sequence);
        Machine.Join(joiner);
    }

    private static RingBuffer<ModelEvent> CreateRing(StrategyCase strategy, ProducerType type, int size) =>
        RingBuffer.Create(type, () => new ModelEvent(), size, strategy.Create());

    private static void Publish(RingBuffer<ModelEvent> ring)
    {
        long sequence = ring.Next();
        ring[sequence].Fill(sequence);
        ring.Publish(sequence);
    }

    private static void PollUntilClosed(EventPoller<ModelEvent> poller, List<long> seen)
    {
        PollState state;
        while ((state = poller.Poll(Take, seen)) != PollState.Closed)
        {
            if (state != PollState.Processing)
                Machine.SpinHint();
        }

        static bool Take(ref ModelEvent evt, long sequence, bool endOfBatch, List<long> seen)
        {
            evt.Mark(1);
            seen.Add(sequence);
            return true;
        }
    }
}
