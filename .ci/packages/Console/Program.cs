using System.Reflection;
using Ring.Core;
using Ring.Core.Dsl;

Sum sum = new();
using (Disruptor<long> disruptor = new(() => 0, bufferSize: 8))
{
    disruptor.HandleEventsWith(sum);
    RingBuffer<long> ring = disruptor.Start();
    for (int i = 1; i <= 100; i++)
    {
        long sequence = ring.Next();
        ring[sequence] = i;
        ring.Publish(sequence);
    }

    disruptor.Shutdown();
}

Console.WriteLine($"{Assembly.Load("Ring.Tracing").GetName().Name} loads, and 1 + ... + 100 = {sum.Total}");
return sum.Total == 5050 ? 0 : 1;

internal sealed class Sum : IEventHandler<long>
{
    public long Total { get; private set; }

    public void OnEvent(ref long evt, long sequence, bool endOfBatch) => Total += evt;
}
