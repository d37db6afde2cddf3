namespace Ring.Benchmarks.Compare.Peers;

/// <summary>
/// Producers and one consumer around a queue. What is queued is a number, which costs no allocation: the best that the queue can do,
/// where a ring has its events made before.
/// </summary>
internal sealed class QueueWork<TQueue> : CrewWork
    where TQueue : struct, IQueue
{
    private readonly TQueue _queue;
    private readonly Action _check;

    public QueueWork(TQueue queue, int producers, int events)
        : base(consumers: 1)
    {
        _queue = queue;
        if (producers == 1)
        {
            Receiver receiver = new(events, IsDone);
            _check = receiver.Check;
            Crew.AddRunning(() => Receive(receiver, events));
            Crew.Add(() => Send(events));
        }
        else
        {
            MultiReceiver receiver = new(producers, events, IsDone);
            _check = receiver.Check;
            Crew.AddRunning(() => Receive(receiver, events));
            for (int i = 0; i < producers; i++)
            {
                int producer = i;
                Crew.Add(() => Send(producer, Share.Of(events, producer, producers)));
            }
        }
    }

    protected override void CheckConsumers() => _check();

    private void Send(int count)
    {
        for (int i = 0; i < count; i++)
            _queue.Enqueue(i);
    }

    private void Send(int producer, int count)
    {
        for (int i = 0; i < count; i++)
            _queue.Enqueue(Message.Of(producer, i));
    }

    private void Receive(Receiver receiver, int count)
    {
        for (int i = 0; i < count; i++)
            receiver.Take(_queue.Dequeue());
    }

    private void Receive(MultiReceiver receiver, int count)
    {
        for (int i = 0; i < count; i++)
            receiver.Take(_queue.Dequeue());
    }
}
