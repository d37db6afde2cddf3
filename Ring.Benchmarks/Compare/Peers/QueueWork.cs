namespace Ring.Benchmarks.Compare.Peers;

/// <summary>
/// Producers and one consumer around a queue. What is queued is a number, which costs no allocation: the best that the queue can do,
/// where a ring has its events made before.
/// </summary>
internal sealed class QueueWork<TQueue> : IWork
    where TQueue : struct, IQueue
{
    private readonly TQueue _queue;
    private readonly Crew _crew = new();
    private readonly CountdownEvent _isDone = new(1);
    private readonly Action _check;

    public QueueWork(TQueue queue, int producers, int events)
    {
        _queue = queue;
        if (producers == 1)
        {
            Receiver receiver = new(events, _isDone);
            _check = receiver.Check;
            _crew.AddRunning(() => Receive(receiver, events));
            _crew.Add(() => Send(events));
        }
        else
        {
            MultiReceiver receiver = new(producers, events, _isDone);
            _check = receiver.Check;
            _crew.AddRunning(() => Receive(receiver, events));
            for (int i = 0; i < producers; i++)
            {
                int producer = i;
                _crew.Add(() => Send(producer, Share.Of(events, producer, producers)));
            }
        }
    }

    public void Go()
    {
        _crew.Go();
        _isDone.Wait();
    }

    public void Check()
    {
        _crew.Join();
        _check();
    }

    public void Dispose()
    {
        _crew.Dispose();
        _isDone.Dispose();
    }

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
