using System.Collections.Concurrent;

namespace Ring.Benchmarks.Compare.Peers;

/// <param name="capacity">How many values it holds; null for any number.</param>
internal readonly struct BlockingCollectionQueue(int? capacity) : IQueue
{
    private readonly BlockingCollection<long> _queue = capacity is { } most ? new(most) : [];

    public void Enqueue(long value) => _queue.Add(value);

    public long Dequeue() => _queue.Take();
}
