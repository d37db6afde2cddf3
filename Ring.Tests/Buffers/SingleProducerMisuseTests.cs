using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Buffers;

/// <summary>What a ring for a single producer says to two, and to one that is out of order.</summary>
[TestFixture]
public class SingleProducerMisuseTests
{
    private const int Size = 4;

    [Test]
    public void Nothing_is_published_out_of_order()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new StructEvent(), Size);
        ring.Next(3);
        ring.Publish(1);

        Refuses(() => ring.Publish(0), 0);

        Assert.That(ring.Cursor, Is.EqualTo(1));
        ring.Publish(2);
        Assert.That(ring.NewBarrier().HighestAvailable(0), Is.EqualTo(2));
    }

    [Test]
    public void A_producer_on_another_thread_is_told_while_the_first_waits()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new StructEvent(), Size);
        Sequence gating = ring.AddGatingSequence();
        ring.PublishMany(Size);
        long claimed = -1;
        Background producer = Background.Run(() => claimed = ring.Next());
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        Assert.That(() => ring.Next(), Throws.InvalidOperationException.With.Message.Contains("Another thread"));
        Assert.That(() => ring.TryNext(out _), Throws.InvalidOperationException);
        Assert.That(() => ring.TryNext(TimeSpan.Zero, out _), Throws.InvalidOperationException);

        gating.Set(0);
        producer.Join();
        Assert.That(claimed, Is.EqualTo(Size));
        ring.Publish(claimed);
        gating.Set(1);
        Assert.That(ring.PublishNext(), Is.EqualTo(Size + 1), "the ring goes on");
    }

    [Test]
    public void No_batch_begins_while_a_claim_is_open()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new StructEvent(), Size);
        using PublishingScope<StructEvent> scope = ring.PublishEvent();
        Action[] entries =
        [
            () => ring.PublishEvents(1).Dispose(),
            () => ring.TryPublishEvents(1, out _),
            () => ring.PublishEvent(static (ref StructEvent evt, long sequence) => evt.Value = sequence),
            () => ring.TryPublishEvents(static (ref StructEvent evt, long _, int arg) => evt.Value = arg, [1]),
        ];

        foreach (Action entry in entries)
            Assert.That(entry, Throws.InvalidOperationException.With.Message.Contains("open"));
    }

    private static void Refuses(Action publish, long sequence) => Assert.That(
        publish,
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("sequence").And.Property("ActualValue").EqualTo(sequence));
}
