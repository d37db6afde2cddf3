using System.Diagnostics;
using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tracing;

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

using TraceLog log = TraceLog.Start(options =>
{
    options.Directory = args[0];
    options.Sources.Add("Console");
});
using ActivitySource source = new("Console");
source.StartActivity("add")?.Dispose();
await log.FlushAsync();

Console.WriteLine($"1 + ... + 100 = {sum.Total}; {log.Counts}");
return sum.Total == 5050 && log.Counts.Written == 1 ? 0 : 1;

internal sealed class Sum : IEventHandler<long>
{
    public long Total { get; private set; }

    public void OnEvent(ref long evt, long sequence, bool endOfBatch) => Total += evt;
}
