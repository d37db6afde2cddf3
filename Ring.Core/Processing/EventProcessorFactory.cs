namespace Ring.Core;

/// <summary>Makes a processor of your own where <see cref="BatchEventProcessor{T}"/> would stand.</summary>
/// <remarks>Thread safety: called by the thread that configures the disruptor.</remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
/// <param name="ring">Where the events are.</param>
/// <param name="barrier">What to wait for, made for this processor alone.</param>
/// <returns>The processor, which does not run yet.</returns>
public delegate IEventProcessor EventProcessorFactory<T>(RingBuffer<T> ring, SequenceBarrier barrier);
