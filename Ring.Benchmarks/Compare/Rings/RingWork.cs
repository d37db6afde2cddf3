using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>A ring whose producers are about to begin.</summary>
/// <param name="consumers">How many consumers tell when they are done.</param>
internal abstract class RingWork<T>(int consumers) : CrewWork(consumers)
{
    protected void AddProducers(RingBuffer<T> ring, Publish<T> publish, int producers, int events)
    {
        for (int i = 0; i < producers; i++)
        {
            int producer = i;
            Crew.Add(() => publish(ring, producer, Share.Of(events, producer, producers)));
        }
    }

    /// <summary>Ends the consumers, also those of a run that has failed.</summary>
    protected static void End(Disruptor<T> disruptor)
    {
        if (!disruptor.Shutdown(Crew.Deadline))
            disruptor.Halt();

        disruptor.Dispose();
    }
}
