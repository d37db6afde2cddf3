using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Buffers;

/// <summary>Publications of what is not claimed, or not any more.</summary>
[TestFixture]
public class PublicationTests
{
    private const int Size = 4;

    /// <summary>With several producers, what a publication would have to look at is other threads' cache lines.</summary>
    private static readonly ProducerType[] WhoLooks =
#if DEBUG
        [ProducerType.Single, ProducerType.Multi];
#else
        [ProducerType.Single];
#endif

    [Test]
    public void What_was_never_claimed_is_not_published([ValueSource(nameof(WhoLooks))] ProducerType producerType, [Values(-1L, 2L, Size + 1L, long.MaxValue)] long sequence)
    {
        var ring = RingBuffer.Create(producerType, () => new StructEvent(), Size);
        ring.Next(2);

        Refuses(() => ring.Publish(sequence), sequence);
        Refuses(() => ring.Publish(sequence, sequence), sequence);

        ring.Publish(0, 1);
        Assert.That(ring.NewBarrier().HighestAvailable(0), Is.EqualTo(1));
    }

    [Test]
    public void Nothing_below_the_last_claim_is_published_twice([ValueSource(nameof(WhoLooks))] ProducerType producerType)
    {
        var ring = RingBuffer.Create(producerType, () => new StructEvent(), Size);
        ring.PublishMany(2);

        Refuses(() => ring.Publish(0), 0);
        Refuses(() => ring.Publish(0, 0), 0);
        ring.Next();
        Refuses(() => ring.Publish(1), 1);

        ring.Publish(2);
        Assert.That(ring.Cursor, Is.EqualTo(2));
    }

    [Test]
    public void The_last_claim_published_again_changes_nothing_or_is_refused([ValueSource(nameof(WhoLooks))] ProducerType producerType)
    {
        var ring = RingBuffer.Create(producerType, () => new StructEvent(), Size);
        ring.PublishMany(2);

#if DEBUG
        Refuses(() => ring.Publish(1), 1);
#else
        ring.Publish(1);
#endif

        Assert.That(ring.Cursor, Is.EqualTo(1));
        Assert.That(ring.Next(), Is.EqualTo(2));
    }

    private static void Refuses(Action publish, long sequence) => Assert.That(
        publish,
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("sequence").And.Property("ActualValue").EqualTo(sequence));
}
