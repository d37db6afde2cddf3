using System.Diagnostics;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Micro;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>
/// Events that are sent at a steady pace, alone or some at once, each with its time: how old each is when it arrives. The pace is kept whatever happens, and
/// an event that is sent late counts from when it was due, so that a stall is not left out (Gil Tene's coordinated omission).
/// </summary>
internal static class OneWay
{
    private const int Size = 65_536;
    private const long PeriodNanoseconds = 10_000;

    /// <summary>Until the first event is due: by then whoever receives it runs.</summary>
    private const long HeadStartNanoseconds = 20_000_000;

    private static readonly double TicksPerNanosecond = Stopwatch.Frequency / 1e9;

    public static Histogram RunRing(int events, int burst, Func<IWaitStrategy> strategy)
    {
        Histogram times = new();
        using Disruptor<ClassEvent> disruptor = new(static () => new ClassEvent(), Size, Crew.NewThread, ProducerType.Single, strategy());
        disruptor.HandleEventsWith(new Arrival(times));
        RingBuffer<ClassEvent> ring = disruptor.Start();
        using Crew crew = new();
        crew.AddRunning(() => SendAtPace(events, burst, due =>
        {
            long sequence = ring.Next();
            ring[sequence].Value = due;
            ring.Publish(sequence);
        }));
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
        crew.AddRunning(() => SendAtPace(events, burst, queue.Enqueue));
        crew.Join();
        return times;
    }

    /// <param name="events">How many events.</param>
    /// <param name="burst">So many are due at once, and then none for so many periods.</param>
    /// <param name="send">Sends an event that was due then.</param>
    private static void SendAtPace(int events, int burst, Action<long> send)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < events; i++)
        {
            long due = start + (long)((HeadStartNanoseconds + ((i - (i % burst)) * PeriodNanoseconds)) * TicksPerNanosecond);
            while (Stopwatch.GetTimestamp() < due)
                Thread.SpinWait(1);

            send(due);
        }
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
