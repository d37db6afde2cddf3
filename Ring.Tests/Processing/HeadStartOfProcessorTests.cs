using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>After which batches a processor gives the producers a head start.</summary>
[TestFixture]
public sealed class HeadStartOfProcessorTests
{
    private const int Batches = 20;

    private RingBuffer<StructEvent> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new StructEvent(), 1024);

    [Test]
    public void A_processor_gives_a_head_start_after_each_batch_of_a_flow() =>
        // The eighth makes 128 events.
        Assert.That(RunInBatchesOf(16).HeadStarts, Is.EqualTo(Batches - 7));

    [Test]
    public void A_processor_gives_none_between_the_pieces_of_what_was_there() =>
        // Of each sixteen, the last eight: the sixteenth time makes 128 events.
        Assert.That(RunInBatchesOf(16, maxBatchSize: 8).HeadStarts, Is.EqualTo(Batches - 15));

    [Test]
    public void A_processor_gives_none_for_events_that_come_alone() =>
        Assert.That(RunInBatchesOf(1).HeadStarts, Is.Zero);

    [Test]
    public void A_processor_behind_other_consumers_gives_none()
    {
        Sequence first = new();
        _ring.AddGatingSequences(first);

        Assert.That(RunInBatchesOf(16, behind: first).HeadStarts, Is.Zero);
    }

    /// <summary>The handler publishes the next batch at the end of each, so that a batch is what was published.</summary>
    private BatchEventProcessor<StructEvent> RunInBatchesOf(int size, int maxBatchSize = int.MaxValue, Sequence? behind = null)
    {
        long last = (size * Batches) - 1;
        BatchEventProcessor<StructEvent>? processor = null;
        RecordingHandler<StructEvent> handler = new()
        {
            BeforeEvent = sequence =>
            {
                if (sequence == last)
                    processor!.Halt();
                else if (sequence == _ring.Cursor)
                    PublishBatch();
            },
        };
        processor = new BatchEventProcessor<StructEvent>(_ring, behind is null ? _ring.NewBarrier() : _ring.NewBarrier(behind), handler) { MaxBatchSize = maxBatchSize };
        _ring.AddGatingSequences(processor.Sequence);
        PublishBatch();
        processor.Run();
        return processor;

        void PublishBatch()
        {
            _ring.PublishMany(size);
            behind?.Set(_ring.Cursor);
        }
    }
}
