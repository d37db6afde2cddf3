using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Properties;

/// <summary>A consumer that joins while the others run, handles an event, and leaves.</summary>
internal sealed class ModelVisitor : IEventHandler<ScenarioEvent>
{
    private readonly RingBuffer<ScenarioEvent> _ring;
    private readonly Journal _journal;
    private readonly BatchEventProcessor<ScenarioEvent> _processor;
    private readonly List<long> _values = [];

    public ModelVisitor(RingBuffer<ScenarioEvent> ring, Journal journal)
    {
        _ring = ring;
        _journal = journal;
        _processor = new BatchEventProcessor<ScenarioEvent>(ring, ring.NewBarrier(), this);
    }

    public void Halt() => _processor.Halt();

    public void Visit()
    {
        _ring.AddGatingSequences(_processor.Sequence);
        long start = _processor.Sequence.Value;
        _processor.Run();
        Machine.Require(_values.SequenceEqual(_journal.After(start).Take(_values.Count)), "a visitor sees all from its start on");
        Machine.Require(_ring.RemoveGatingSequence(_processor.Sequence), "a visitor that leaves was there");
    }

    public void OnEvent(ref ScenarioEvent evt, long sequence, bool endOfBatch)
    {
        _values.Add(evt.Value);
        _processor.Halt();
    }
}
