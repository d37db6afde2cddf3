using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>Rings that do not begin at zero, for each producer type and kind of event; and where the numbers of laps come round.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class StartingPointContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;
    private const long Highest = 1L << 61;

    private static readonly long[] Starts =
    [
        0, 5, int.MaxValue - 3, int.MaxValue, uint.MaxValue, uint.MaxValue + 2L,
        (Size * (1L << 31)) - 3, (Size * (1L << 31)) - 1, (Size * (1L << 32)) - Size - 1, (Size * (1L << 32)) - 2, Highest,
    ];

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.Create(producerType, () => new T(), Size);

    [Test]
    public void Everything_up_to_the_start_counts_as_handled_and_nothing_of_it_can_be_seen([ValueSource(nameof(Starts))] long start)
    {
        _ring.Claim(start);

        Assert.Multiple(() =>
        {
            Assert.That(_ring.Cursor, Is.EqualTo(start));
            Assert.That(_ring.MinimumGatingSequence, Is.EqualTo(start));
            Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
            Assert.That(RingExtensions.Range(start - (2 * Size), 4 * Size).Select(_ring.IsAvailable), Is.All.False);
            Assert.That(_ring.AddGatingSequence().Value, Is.EqualTo(start));
            Assert.That(_ring.NewBarrier().TryPoll(start + 1, out _), Is.False);
        });
    }

    [Test]
    public void The_ring_goes_on_behind_the_start_lap_after_lap([ValueSource(nameof(Starts))] long start)
    {
        _ring.Claim(start);
        Sequence gating = _ring.AddGatingSequence();
        SequenceBarrier barrier = _ring.NewBarrier();

        for (long next = start + 1; next <= start + (4 * Size); next++)
        {
            Assert.That(_ring.Next(), Is.EqualTo(next));
            Assert.That(_ring.IsAvailable(next), Is.False);
            Assert.That(barrier.TryPoll(next, out _), Is.False);
            _ring[next].Value = next;
            _ring.Publish(next);
            Assert.That(barrier.WaitFor(next).Sequence, Is.EqualTo(next));
            Assert.That(RingExtensions.Range(next - (2 * Size), (4 * Size) + 1).Where(_ring.IsAvailable),
                Is.EqualTo(RingExtensions.Range(Math.Max(start + 1, next - Size + 1), Math.Min(Size, next - start))));
            gating.Set(next);
        }
    }

    [Test]
    public void A_ring_is_full_a_lap_behind_the_start([ValueSource(nameof(Starts))] long start)
    {
        _ring.Claim(start);
        Sequence gating = _ring.AddGatingSequence();

        Assert.That(_ring.Next(Size), Is.EqualTo(start + Size));
        Assert.That(_ring.TryNext(out _), Is.False);
        _ring.Publish(start + 1, start + Size);
        gating.Set(start + 1);

        Assert.That(_ring.TryNext(out long sequence), Is.True);
        Assert.That(sequence, Is.EqualTo(start + Size + 1));
    }

    [Test]
    public void A_claim_behind_the_start_can_be_given_up([ValueSource(nameof(Starts))] long start)
    {
        _ring.Claim(start);
        _ring.PublishEvent().Dispose();
        _ring.PublishNext();

        Assert.That((_ring.IsAbandoned(start + 1), _ring.IsAbandoned(start + 2)), Is.EqualTo((true, false)));
        Assert.That(_ring.NewBarrier().HighestAvailable(start + 1), Is.EqualTo(start + 2));
    }

    [Test]
    public void Handlers_that_are_added_after_it_begin_behind_the_start()
    {
        _ring.Claim(1_000);
        RecordingHandler<T> handler = new();
        BatchEventProcessor<T> processor = new(_ring, _ring.NewBarrier(), handler);
        _ring.AddGatingSequences(processor.Sequence);
        Background thread = Background.Run(processor.Run);
        _ring.PublishMany(2 * Size);
        Eventually.Holds(() => handler.Count == 2 * Size, "all are handled");
        processor.Halt();
        thread.Join();

        Assert.That(handler.Sequences, Is.EqualTo(RingExtensions.Range(1_001, 2 * Size)));
    }

    [TestCase(long.MinValue)]
    [TestCase(-1)]
    [TestCase(Highest + 1)]
    [TestCase(long.MaxValue)]
    public void A_start_out_of_range_is_refused(long start)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ring.Claim(start))!;

        Assert.That((exception.ParamName, exception.ActualValue), Is.EqualTo(("sequence", start)));
        Assert.That(_ring.PublishNext(), Is.Zero);
    }

    [Test]
    public void A_ring_that_is_in_use_is_not_moved()
    {
        Sequence gating = _ring.AddGatingSequence();
        Assert.That(() => _ring.Claim(7), Throws.InvalidOperationException.With.Message.Contains("1 gating"), "somebody gates");
        _ring.RemoveGatingSequence(gating);
        long claimed = _ring.Next();
        Assert.That(() => _ring.Claim(7), Throws.InvalidOperationException.With.Message.Contains("up to 0"), "something is claimed");
        _ring.Publish(claimed);
        Assert.That(() => _ring.Claim(7), Throws.InvalidOperationException, "something is published");

        Assert.That(_ring.PublishNext(), Is.EqualTo(1));
    }

    [Test]
    public void A_ring_begins_once_and_not_when_it_is_closed()
    {
        _ring.Claim(7);
        Assert.That(() => _ring.Claim(8), Throws.InvalidOperationException);
        Assert.That(_ring.Cursor, Is.EqualTo(7));

        RingBuffer<T> closed = RingBuffer.Create(producerType, () => new T(), Size);
        closed.Close();
        Assert.That(() => closed.Claim(7), Throws.InstanceOf<RingClosedException>());
        Assert.That(closed.Cursor, Is.EqualTo(-1));
    }
}
