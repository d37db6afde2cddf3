// The classic first program of the LMAX Disruptor, and what a ring does when nobody consumes it.
//
//     dotnet run docs/samples/LongEvent.cs

#:project ../../Ring.Core/Ring.Core.csproj

using Ring.Core;
using Ring.Core.Dsl;

const int BufferSize = 8;

PublishToOneConsumer();
PublishToNobody();

static void PublishToOneConsumer()
{
    int threads = 0;
    using Disruptor<LongEvent> disruptor = new(
        () => new LongEvent(),
        BufferSize,
        run => new Thread(run) { Name = $"disruptor-thread-{++threads}" });
    disruptor.HandleEventsWith(new LongEventHandler());

    RingBuffer<LongEvent> ring = disruptor.Start();
    for (long value = 100; value < 105; value++)
    {
        long sequence = ring.Next();
        ring[sequence].Value = value;
        ring.Publish(sequence);
    }

    // Waits until all five are handled.
    disruptor.Shutdown();
}

static void PublishToNobody()
{
    RingBuffer<LongEvent> ring = RingBuffer.CreateSingleProducer(() => new LongEvent(), BufferSize);
    for (int i = 0; i < 10; i++)
    {
        ring.Publish(ring.Next());
        Console.WriteLine($"bufferSize:{ring.BufferSize} remainingCapacity:{ring.RemainingCapacity} cursor:{ring.Cursor}");
    }

    Console.WriteLine("No gating sequence: there is nobody to wait for, so the ring wraps and is never full.");
}

internal sealed class LongEvent
{
    public long Value { get; set; }
}

internal sealed class LongEventHandler : IEventHandler<LongEvent>
{
    public void OnEvent(ref LongEvent evt, long sequence, bool endOfBatch) =>
        Console.WriteLine($"Event: {evt.Value} -> {Thread.CurrentThread.Name}");
}
