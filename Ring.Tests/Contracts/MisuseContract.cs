using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What a ring says to those who use it wrongly, and that it is as it was after that.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class MisuseContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.Create(producerType, () => new T(), Size);

    [Test]
    public void A_range_whose_ends_are_the_wrong_way_round_is_not_published()
    {
        long hi = _ring.Next(2);

        Assert.That(
            () => _ring.Publish(hi, hi - 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("lo").And.Property("ActualValue").EqualTo(hi));

        _ring.Publish(hi - 1, hi);
        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(hi));
    }

    [Test]
    public void Several_claims_may_be_open_and_published_by_the_last()
    {
        _ring.Next();
        _ring.Next(2);

        _ring.Publish(0, 2);

        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(2));
    }

    [Test]
    public void The_producer_may_move_from_thread_to_thread()
    {
        Sequence gating = _ring.AddGatingSequence();
        for (int i = 0; i < 3 * Size; i++)
        {
            Background.Run(() => _ring.PublishNext()).Join();
            gating.Set(i);
        }

        Assert.That(_ring.Cursor, Is.EqualTo((3 * Size) - 1));
    }

    [Test]
    public void A_handler_that_would_wait_for_itself_is_told()
    {
        RecordingExceptionHandler<T> failures = new();
        RecordingHandler<T> handler = new() { BeforeEvent = sequence => PublishIf(sequence < Size) };
        BatchEventProcessor<T> processor = new(_ring, _ring.NewBarrier(), handler);
        processor.SetExceptionHandler(failures);
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishMany(Size);

        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => processor.Sequence.Value >= Size - 1, "the ring goes on");
        processor.Halt();
        thread.Join();

        Assert.That(failures.Failures, Is.Not.Empty.And.All.Contains("wait for itself"));
    }

    [Test]
    public void A_handler_at_the_head_of_a_chain_is_told_too()
    {
        RecordingExceptionHandler<T> failures = new();
        using Core.Dsl.Disruptor<T> disruptor = new(() => new T(), Size, producerType: producerType);
        disruptor.SetDefaultExceptionHandler(failures);
        RecordingHandler<T> last = new();
        disruptor.HandleEventsWith(new RecordingHandler<T> { BeforeEvent = sequence => PublishIn(disruptor.RingBuffer, sequence < Size) }).Then(last);
        disruptor.RingBuffer.PublishMany(Size);

        disruptor.Start();

        Assert.That(disruptor.Shutdown(Eventually.Deadline), Is.True);
        Assert.That(failures.Failures, Is.Not.Empty);
        Assert.That(last.Sequences, Is.Unique.And.SupersetOf(RingExtensions.Range(0, Size)));
    }

    [Test]
    public void A_handler_may_claim_where_there_is_room_or_for_a_time()
    {
        List<bool> claims = [];
        RecordingHandler<T> handler = new()
        {
            BeforeEvent = sequence =>
            {
                if (sequence == 0)
                    PublishIf(true);
                if (sequence == 1)
                    claims.Add(_ring.TryNext(Size, TimeSpan.FromMilliseconds(1), out _));
            },
        };
        BatchEventProcessor<T> processor = new(_ring, _ring.NewBarrier(), handler);
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishNext();

        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => handler.Count == 2, "both are handled");
        processor.Halt();
        thread.Join();

        Assert.That(claims, Is.EqualTo([false]));
    }

    [Test]
    public void A_handler_may_wait_for_another_consumer()
    {
        Sequence slow = _ring.AddGatingSequence();
        Sequence own = _ring.AddGatingSequence();
        _ring.PublishMany(Size);
        own.Set(Size - 1);
        long claimed = -1;
        Background handler = Background.Run(() =>
        {
            Sequence? outer = RunningConsumer.Enter(own);
            claimed = _ring.Next();
            RunningConsumer.Leave(outer);
        });
        Eventually.Holds(() => handler.IsAsleep, "it sleeps");

        slow.Set(0);

        handler.Join();
        Assert.That(claimed, Is.EqualTo(Size));
    }

    [Test]
    public void A_handler_may_wait_for_another_ring()
    {
        RingBuffer<T> next = RingBuffer.Create(producerType, () => new T(), 1);
        Sequence gating = next.AddGatingSequence();
        RecordingHandler<T> handler = new() { BeforeEvent = _ => next.PublishNext() };
        BatchEventProcessor<T> processor = new(_ring, _ring.NewBarrier(), handler);
        _ring.AddGatingSequences(processor.Sequence);
        _ring.PublishMany(2);
        Background thread = Background.Run(processor.Run);
        Eventually.Holds(() => next.Cursor == 0 && thread.IsAsleep, "it waits in front of the other ring");

        gating.Set(0);

        Eventually.Holds(() => handler.Count == 2, "both are handled");
        processor.Halt();
        thread.Join();
    }

    private void PublishIf(bool condition) => PublishIn(_ring, condition);

    private static void PublishIn(RingBuffer<T> ring, bool condition)
    {
        if (condition)
            ring.PublishNext();
    }
}
