using Ring.Core;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A consumer that joins while the others run, handles some events, and leaves.</summary>
internal sealed class Visitor : IEventHandler<ScenarioEvent>
{
    private const int Stay = 5;

    private readonly RingBuffer<ScenarioEvent> _ring;
    private readonly Ledger _ledger;
    private readonly int _producers;
    private readonly BatchEventProcessor<ScenarioEvent> _processor;
    private Reader _reader = null!;
    private int _handled;

    public Visitor(RingBuffer<ScenarioEvent> ring, Ledger ledger, int producers)
    {
        _ring = ring;
        _ledger = ledger;
        _producers = producers;
        _processor = new BatchEventProcessor<ScenarioEvent>(ring, ring.NewBarrier(), this);
    }

    /// <summary>Also when the visit has not begun: then it ends at once.</summary>
    public void Halt() => _processor.Halt();

    public void Visit()
    {
        _ring.AddGatingSequences(_processor.Sequence);
        _reader = new Reader(_ledger, "a visitor", _producers, _processor.Sequence.Value);
        _processor.Run();
        _reader.PassTo(_processor.Sequence.Value);
        if (_reader.Position != _processor.Sequence.Value)
            _ledger.Fail($"a visitor has come to {_processor.Sequence.Value}, and was given nothing after {_reader.Position}");
        if (!_ring.RemoveGatingSequence(_processor.Sequence))
            _ledger.Fail("a visitor that leaves was not there");
    }

    public void OnEvent(ref ScenarioEvent evt, long sequence, bool endOfBatch)
    {
        _reader.Read(in evt, sequence);
        if (++_handled == Stay)
            _processor.Halt();
    }
}
