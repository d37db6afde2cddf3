namespace Ring.Benchmarks.Compare.Peers;

/// <summary>One producer and a graph of consumers, with a queue between each two.</summary>
internal sealed class QueueGraphWork<TQueue> : CrewWork
    where TQueue : struct, IQueue
{
    private readonly Receiver[] _receivers;

    /// <param name="graph">Who takes from whom.</param>
    /// <param name="make">Makes a queue.</param>
    /// <param name="events">How many values go through.</param>
    public QueueGraphWork(QueueGraph graph, Func<TQueue> make, int events)
        : base(graph.Consumers.Length)
    {
        TQueue[] queues = [.. Enumerable.Range(0, graph.Queues).Select(_ => make())];
        _receivers = Array.ConvertAll(graph.Consumers, _ => new Receiver(events, IsDone));
        foreach ((Receiver receiver, (int[] inputs, int[] outputs)) in _receivers.Zip(graph.Consumers))
            Crew.AddRunning(() => Receive(receiver, Pick(queues, inputs), Pick(queues, outputs), events));
        Crew.Add(() => Send(Pick(queues, graph.Entries), events));
    }

    protected override void CheckConsumers() => Array.ForEach(_receivers, static receiver => receiver.Check());

    private static TQueue[] Pick(TQueue[] queues, int[] indices) => Array.ConvertAll(indices, i => queues[i]);

    private static void Send(TQueue[] entries, int count)
    {
        for (int i = 0; i < count; i++)
            Enqueue(entries, i);
    }

    private static void Receive(Receiver receiver, TQueue[] inputs, TQueue[] outputs, int count)
    {
        for (int i = 0; i < count; i++)
        {
            long value = inputs[0].Dequeue();
            for (int other = 1; other < inputs.Length; other++)
                QueueGraph.CheckSame(value, inputs[other].Dequeue());

            receiver.Take(value);
            Enqueue(outputs, value);
        }
    }

    private static void Enqueue(TQueue[] queues, long value)
    {
        foreach (TQueue queue in queues)
            queue.Enqueue(value);
    }
}
