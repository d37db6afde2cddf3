using System.Diagnostics;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>
/// Events that are sent at a steady pace, alone or some at once, each with its time: how old each is when it arrives. The pace is kept whatever happens, and
/// an event that is sent late counts from when it was due, so that a stall is not left out (Gil Tene's coordinated omission).
/// </summary>
internal static class OneWay
{
    private static readonly long Period = Ticks(TimeSpan.FromMicroseconds(10));

    /// <summary>Until the first event is due: by then whoever receives it runs.</summary>
    private static readonly long HeadStart = Ticks(TimeSpan.FromMilliseconds(20));

    public static Histogram RunRing(int events, int burst, Func<IWaitStrategy> strategy)
    {
        Histogram times = new();
        using Disruptor<ClassEvent> disruptor = new(static () => new ClassEvent(), RingShape.UsualSize, Crew.NewThread, ProducerType.Single, strategy());
        disruptor.HandleEventsWith(new Arrival(times));
        RingBuffer<ClassEvent> ring = disruptor.Start();
        using Crew crew = new();
        crew.AddRunning(() => SendAtPace(events, burst, new RingSender(ring)));
        crew.Join();
        disruptor.Shutdown();
        return times;
    }

    public static Histogram RunQueue<TQueue>(int events, int burst, TQueue queue)
        where TQueue : struct, IQueue
    {
        Histogram times = new();
        using Crew crew = new();
        crew.AddRunning(() =>
        {
            Arrival arrival = new(times);
            for (int i = 0; i < events; i++)
                arrival.Take(queue.Dequeue());
        });
        crew.AddRunning(() => SendAtPace(events, burst, new QueueSender<TQueue>(queue)));
        crew.Join();
        return times;
    }

    /// <param name="events">How many events.</param>
    /// <param name="burst">So many are due at once, and then none for so many periods.</param>
    /// <param name="sender">Sends an event that was due then.</param>
    private static void SendAtPace<TSender>(int events, int burst, TSender sender)
        where TSender : struct, ISender
    {
        long start = Stopwatch.GetTimestamp() + HeadStart;
        for (int sent = 0; sent < events;)
        {
            long due = start + (sent * Period);
            while (Stopwatch.GetTimestamp() < due)
            {
                // Without a pause: it would make the event late, by as much as it lasts.
            }

            for (int end = Math.Min(sent + burst, events); sent < end; sent++)
                sender.Send(due);
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Implemented by structs, so that calls are direct.</summary>
    private interface ISender
    {
        void Send(long due);
    }

    private readonly struct RingSender(RingBuffer<ClassEvent> ring) : ISender
    {
        public void Send(long due)
        {
            long sequence = ring.Next();
            ring[sequence].Value = due;
            ring.Publish(sequence);
        }
    }

    private readonly struct QueueSender<TQueue>(TQueue queue) : ISender
        where TQueue : struct, IQueue
    {
        public void Send(long due) => queue.Enqueue(due);
    }

    private sealed class Arrival(Histogram times) : IEventHandler<ClassEvent>
    {
        private long _lastDue = long.MinValue;

        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => Take(evt.Value);

        /// <summary>One that is out of order is not counted, so that some are missing in the end.</summary>
        public void Take(long due)
        {
            if (due < _lastDue)
                return;

            times.Add(Nanoseconds.Since(due));
            _lastDue = due;
        }
    }
}
