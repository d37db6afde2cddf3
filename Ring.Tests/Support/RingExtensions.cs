using Ring.Core;

namespace Ring.Tests.Support;

internal static class RingExtensions
{
    /// <summary>Claims, fills and publishes one event, whose value is its sequence unless given.</summary>
    public static long PublishNext<T>(this RingBuffer<T> ring, long? value = null)
        where T : ITestEvent
    {
        long sequence = ring.Next();
        ring[sequence].Value = value ?? sequence;
        ring.Publish(sequence);
        return sequence;
    }

    public static void PublishMany<T>(this RingBuffer<T> ring, int count)
        where T : ITestEvent
    {
        for (int i = 0; i < count; i++)
            ring.PublishNext();
    }

    /// <summary>What a producer does until another thread closes the ring.</summary>
    public static void PublishUntilClosed<T>(this RingBuffer<T> ring)
        where T : ITestEvent
    {
        try
        {
            while (true)
                ring.PublishNext();
        }
        catch (RingClosedException)
        {
            // As it was meant.
        }
    }

    /// <summary>Claims one event and gives it up.</summary>
    public static void GiveUpOne<T>(this RingBuffer<T> ring)
    {
        PublishingScope<T> scope = ring.PublishEvent();
        scope.Dispose();
    }

    /// <summary>A position that gates the ring and is moved by the test.</summary>
    public static Sequence AddGatingSequence<T>(this RingBuffer<T> ring)
    {
        Sequence sequence = new();
        ring.AddGatingSequences(sequence);
        return sequence;
    }

    public static IEnumerable<long> Range(long first, long count) => Enumerable.Range(0, (int)count).Select(i => first + i);
}
