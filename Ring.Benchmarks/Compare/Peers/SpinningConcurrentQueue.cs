using System.Collections.Concurrent;

namespace Ring.Benchmarks.Compare.Peers;

/// <summary>It cannot wait, so its consumer looks until there is something; and it has no limit, so its producer never waits.</summary>
internal readonly struct SpinningConcurrentQueue() : IQueue
{
    private readonly ConcurrentQueue<long> _queue = new();

    public void Enqueue(long value) => _queue.Enqueue(value);

    public long Dequeue()
    {
        long value;
        while (!_queue.TryDequeue(out value))
            Thread.SpinWait(1);

        return value;
    }
}
