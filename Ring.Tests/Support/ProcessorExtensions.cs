using Ring.Core;

namespace Ring.Tests.Support;

internal static class ProcessorExtensions
{
    /// <summary>A processor for the handler, first in the ring, which it gates.</summary>
    public static BatchEventProcessor<T> AddProcessor<T>(this RingBuffer<T> ring, IEventHandler<T> handler)
    {
        BatchEventProcessor<T> processor = new(ring, ring.NewBarrier(), handler);
        ring.AddGatingSequences(processor.Sequence);
        return processor;
    }

    /// <summary>Runs it until it has come to a sequence.</summary>
    public static void RunUntil(this IEventProcessor processor, long sequence) =>
        processor.HaltOnceAt(sequence, Background.Run(processor.Run));

    /// <summary>Halts it when it has come to a sequence, and waits for its thread.</summary>
    public static void HaltOnceAt(this IEventProcessor processor, long sequence, Background thread)
    {
        Eventually.Holds(() => processor.Sequence.Value == sequence, $"sequence {sequence} is handled");
        processor.Halt();
        thread.Join();
    }
}
