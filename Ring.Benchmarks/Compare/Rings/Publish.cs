using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>What one producer of a ring does.</summary>
/// <param name="ring">The ring.</param>
/// <param name="producer">Which producer it is, from 0.</param>
/// <param name="count">How many events it publishes.</param>
internal delegate void Publish<T>(RingBuffer<T> ring, int producer, int count);

/// <summary>
/// The loops that publish. Those of structs are generic, since each gets code of its own; one for classes would be shared by all of
/// them and call the event through its interface.
/// </summary>
internal static class Publish
{
    /// <summary>Events that are claimed and published together.</summary>
    public const int BatchSize = 16;

    public static void ClassEvents(RingBuffer<ClassEvent> ring, int producer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Value = i;
            ring.Publish(sequence);
        }
    }

    public static void ClassMessages(RingBuffer<ClassEvent> ring, int producer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Value = Message.Of(producer, i);
            ring.Publish(sequence);
        }
    }

    public static void ClassBatches(RingBuffer<ClassEvent> ring, int producer, int count)
    {
        for (int done = 0; done < count;)
        {
            int n = Math.Min(BatchSize, count - done);
            long last = ring.Next(n);
            for (long sequence = last - n + 1; sequence <= last; sequence++)
                ring[sequence].Value = done++;

            ring.Publish(last - n + 1, last);
        }
    }

    public static void StructEvents<T>(RingBuffer<T> ring, int producer, int count)
        where T : struct, IValueEvent
    {
        for (int i = 0; i < count; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Value = i;
            ring.Publish(sequence);
        }
    }

    public static void StructMessages<T>(RingBuffer<T> ring, int producer, int count)
        where T : struct, IValueEvent
    {
        for (int i = 0; i < count; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Value = Message.Of(producer, i);
            ring.Publish(sequence);
        }
    }

    public static void StructBatches<T>(RingBuffer<T> ring, int producer, int count)
        where T : struct, IValueEvent
    {
        for (int done = 0; done < count;)
        {
            int n = Math.Min(BatchSize, count - done);
            long last = ring.Next(n);
            for (long sequence = last - n + 1; sequence <= last; sequence++)
                ring[sequence].Value = done++;

            ring.Publish(last - n + 1, last);
        }
    }
}
