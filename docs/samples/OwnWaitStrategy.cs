// Two wait strategies of one's own, each a few lines around SequenceBarrier.TryPoll, in front of a producer and of another stage.
//
//     dotnet run docs/samples/OwnWaitStrategy.cs

#:project ../../Ring.Core/Ring.Core.csproj

using Ring.Core;
using Ring.Core.Dsl;

RunWith(new SpinWaitStrategy());
RunWith(new LockWaitStrategy());

static void RunWith(IWaitStrategy strategy)
{
    Last last = new();
    using Disruptor<Number> disruptor = new(() => default, bufferSize: 4, waitStrategy: strategy);
    disruptor.HandleEventsWith(new Doubler()).Then(last);
    RingBuffer<Number> ring = disruptor.Start();
    for (long value = 1; value <= 1000; value++)
    {
        long sequence = ring.Next();
        ring[sequence].Value = value;
        ring.Publish(sequence);
    }

    // Alerts the waiting stages when all is handled: TryPoll tells them.
    bool handled = disruptor.Shutdown();
    Console.WriteLine($"{strategy.GetType().Name}: all handled: {handled}, sum: {last.Sum}");
}

/// <summary>Not blocking: looks by itself, with pauses that .NET makes longer and longer, up to a sleep of a millisecond.</summary>
internal sealed class SpinWaitStrategy : IWaitStrategy
{
    public bool IsBlocking => false;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        SpinWait spinner = default;
        WaitResult result;
        while (!barrier.TryPoll(sequence, out result))
            spinner.SpinOnce();
        return result;
    }

    // Never called: IsBlocking is false.
    public void SignalAllWhenBlocking()
    {
    }
}

/// <summary>
/// Blocking, in the simplest way that loses no wake-up: it looks and goes to sleep under the lock that whoever has published
/// must take to wake it. (<see cref="BlockingWaitStrategy"/> does not take a lock while nobody sleeps.)
/// </summary>
internal sealed class LockWaitStrategy : IWaitStrategy
{
    private readonly object _gate = new();

    public bool IsBlocking => true;

    public WaitResult WaitFor(long sequence, SequenceBarrier barrier)
    {
        lock (_gate)
        {
            WaitResult result;
            while (!barrier.TryPoll(sequence, out result))
                Monitor.Wait(_gate);
            return result;
        }
    }

    public void SignalAllWhenBlocking()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}

internal struct Number
{
    public long Value;
}

internal sealed class Doubler : IEventHandler<Number>
{
    public void OnEvent(ref Number evt, long sequence, bool endOfBatch) => evt.Value *= 2;
}

internal sealed class Last : IEventHandler<Number>
{
    public long Sum { get; private set; }

    public void OnEvent(ref Number evt, long sequence, bool endOfBatch) => Sum += evt.Value;
}
