using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>A ring whose consumer is a loop of its own around a poller.</summary>
internal sealed class PollerWork : RingWork<ClassEvent>
{
    private readonly Receiver _receiver;

    public PollerWork(RingShape shape, int events)
        : base(consumers: 1)
    {
        RingBuffer<ClassEvent> ring = RingBuffer.Create(shape.ProducerType, static () => new ClassEvent(), shape.Size, shape.Strategy());
        _receiver = new Receiver(events, IsDone);
        EventPoller<ClassEvent> poller = ring.NewPoller();
        Crew.AddRunning(() => Poll(poller));
        AddProducers(ring, Publish.ClassEvents, shape.Producers, events);
    }

    protected override void CheckConsumers() => _receiver.Check();

    private void Poll(EventPoller<ClassEvent> poller)
    {
        using (poller)
        {
            while (!IsDone.IsSet)
            {
                if (poller.Poll(static (ref ClassEvent evt, long _, bool _, Receiver receiver) => Take(receiver, evt), _receiver) != PollState.Processing)
                    Thread.SpinWait(1);
            }
        }
    }

    private static bool Take(Receiver receiver, ClassEvent evt)
    {
        receiver.Take(evt.Value);
        return true;
    }
}
