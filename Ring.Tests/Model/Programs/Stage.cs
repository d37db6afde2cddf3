using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A consumer without a processor: a barrier, a sequence and a loop.</summary>
internal sealed class Stage(RingBuffer<ModelEvent> ring, SequenceBarrier barrier, int number, Topology topology)
{
    /// <summary>What a stage of a chain adds to the value.</summary>
    private const int Step = 1000;

    /// <summary>As the producer wrote them.</summary>
    public List<long> Values { get; } = [];

    public Sequence Sequence { get; } = new();

    /// <summary>Handles all events from where its sequence stands up to <paramref name="last"/>.</summary>
    public void RunTo(long last)
    {
        long next = Sequence.Value + 1;
        while (next <= last)
        {
            WaitResult result = barrier.WaitFor(next);
            if (!result.IsAvailable)
                continue;
            for (; next <= result.Sequence; next++)
                Handle(ring[next]);
            Sequence.Set(next - 1);
        }

        Machine.Require(next == last + 1, "nothing is delivered that was not published");
    }

    private void Handle(ModelEvent e)
    {
        bool isChained = topology is Topology.Chain;
        Values.Add(e.Value - (isChained ? number * Step : 0));
        if (isChained)
            e.Value += Step;
        else
            e.Mark(number);
    }
}
