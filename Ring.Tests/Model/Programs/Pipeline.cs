using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>
/// Producers that publish and consumers that handle, in every shape: each consumer sees each event once, in order, as it was
/// published, and nobody overwrites or reads what is another's.
/// </summary>
internal sealed record Pipeline(StrategyCase Strategy, ProducerType ProducerType, int Size)
{
    /// <summary>Events that are published before the threads start: the ring begins full or wraps at once.</summary>
    public int Prefill { get; init; }

    public int Producers { get; init; } = 1;

    /// <summary>Events of each producer.</summary>
    public int Events { get; init; } = 2;

    /// <summary>Sequences in one claim.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Whether producers ask again and again instead of waiting.</summary>
    public bool Tries { get; init; }

    public int Consumers { get; init; } = 1;

    public Topology Topology { get; init; }

    private int Total => Prefill + (Producers * Events);

    /// <summary>
    /// Where nobody gates, a producer may have to wait until another one has published. Nobody tells it, so it sleeps for a short
    /// time, again and again; that must end.
    /// </summary>
    private CheckOptions Options => Consumers == 0 && Strategy.Options.Timeouts is TimeoutRule.Never
        ? Strategy.Options with { Timeouts = TimeoutRule.LastResort }
        : Strategy.Options;

    public ModelProgram ToProgram(Cost cost = Cost.Small) => new(Describe(), Run, Options, cost);

    private string Describe() =>
        $"{ProducerType} {Strategy.Name} size {Size}: {Prefill} before, {Producers}x{Events}"
        + (Batch > 1 ? $" by {Batch}" : "")
        + (Tries ? " by trying" : "")
        + (Consumers == 0 ? ", nobody gates" : "")
        + (Consumers > 1 ? $", {Consumers} consumers, {Topology}" : "");

    private void Run()
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(ProducerType, () => new ModelEvent(), Size, Strategy.Create());
        Stage[] stages = CreateStages(ring);
        long[] published = new long[Total];
        Publish(ring, published, producer: 0, Prefill, batch: 1);

        List<ModelThread> threads = [.. stages.Select((stage, i) => Machine.Start(() => stage.RunTo(Total - 1), $"consumer {i}"))];
        for (int i = 1; i < Producers; i++)
        {
            int producer = i + 1;
            threads.Add(Machine.Start(() => Publish(ring, published, producer, Events, Batch), $"producer {i}"));
        }

        Publish(ring, published, producer: 1, Events, Batch);
        foreach (ModelThread thread in threads)
            Machine.Join(thread);
        foreach (Stage stage in stages)
            Machine.Require(stage.Values.SequenceEqual(published), "every consumer has seen what was published, in order");
    }

    private void Publish(RingBuffer<ModelEvent> ring, long[] published, int producer, int count, int batch)
    {
        for (int i = 0; i < count; i += batch)
        {
            long hi = Claim(ring, batch);
            long lo = hi - batch + 1;
            for (long sequence = lo; sequence <= hi; sequence++)
            {
                long value = (producer * 100) + i + (sequence - lo);
                Machine.Require(published[sequence] == 0, "a sequence is claimed once");
                published[sequence] = value;
                ring[sequence].Fill(value);
            }

            ring.Publish(lo, hi);
        }
    }

    private long Claim(RingBuffer<ModelEvent> ring, int batch)
    {
        if (!Tries)
            return ring.Next(batch);
        long hi;
        while (!ring.TryNext(batch, out hi))
            Machine.SpinHint();
        return hi;
    }

    private Stage[] CreateStages(RingBuffer<ModelEvent> ring)
    {
        Stage[] stages = new Stage[Consumers];
        for (int i = 0; i < stages.Length; i++)
        {
            bool follows = Topology is Topology.Chain && i > 0;
            SequenceBarrier barrier = follows ? ring.NewBarrier(stages[i - 1].Sequence) : ring.NewBarrier();
            stages[i] = new Stage(ring, barrier, i, Topology);
        }

        Stage[] last = Topology is Topology.Chain ? [stages[^1]] : stages;
        ring.AddGatingSequences([.. last.Select(stage => stage.Sequence)]);
        return stages;
    }
}
