using System.Diagnostics;
using Ring.Benchmarks.Events;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>A thread sends an event over one ring and waits for it on another, where a second thread sends it back.</summary>
internal static class RingPingPong
{
    private const int Size = 1_024;

    public static Histogram Run(int exchanges, Func<IWaitStrategy> strategy)
    {
        RingBuffer<ClassEvent> back = RingBuffer.CreateSingleProducer(static () => new ClassEvent(), Size, strategy());
        using Disruptor<ClassEvent> there = new(static () => new ClassEvent(), Size, Crew.NewThread, ProducerType.Single, strategy());
        there.HandleEventsWith(new Echo(back));
        RingBuffer<ClassEvent> ring = there.Start();
        using Crew crew = new();
        Histogram times = new();
        crew.AddRunning(() => Exchange(ring, back, exchanges, times));
        crew.Join();
        there.Shutdown();
        return times;
    }

    private static void Exchange(RingBuffer<ClassEvent> there, RingBuffer<ClassEvent> back, int exchanges, Histogram times)
    {
        SequenceBarrier barrier = back.NewBarrier();
        // As every ring has a consumer that it waits for; without one, whoever claims has to look for one each time.
        Sequence received = new();
        back.AddGatingSequences(received);
        for (int i = 0; i < exchanges; i++)
        {
            long start = Stopwatch.GetTimestamp();
            long sequence = there.Next();
            there[sequence].Value = i;
            there.Publish(sequence);
            _ = barrier.WaitFor(sequence);
            times.Add(Nanoseconds.Since(start));
            if (back[sequence].Value != i)
                throw new InvalidOperationException($"{back[sequence].Value} came back instead of {i}.");

            received.Set(sequence);
        }
    }

    private sealed class Echo(RingBuffer<ClassEvent> back) : IEventHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            long next = back.Next();
            back[next].Value = evt.Value;
            back.Publish(next);
        }
    }
}
