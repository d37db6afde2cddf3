using System.Diagnostics;
using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tracing;

namespace Ring.Tests.Guards;

/// <summary>The code of README.md, compiled. What stands there stands here, word for word.</summary>
internal static class Snippets
{
    public static long PublishThroughARing()
    {
        Total total = new();
        using Disruptor<Order> disruptor = new(() => new Order(), bufferSize: 1024);
        disruptor.HandleEventsWith(total);
        RingBuffer<Order> ring = disruptor.Start();

        for (long cents = 1; cents <= 100; cents++)
        {
            long sequence = ring.Next();        // waits while the ring is full
            ring[sequence].Cents = cents;       // the same for classes and structs
            ring.Publish(sequence);
        }

        disruptor.Shutdown();                   // returns when all is handled: total.Cents is 5050
        return total.Cents;
    }

    public static async Task<TraceLogCounts> WriteSpansAsync(string folder)
    {
        await using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = folder;
            options.Sources.Add("Shop");
        });

        using ActivitySource shop = new("Shop");
        using (Activity? checkout = shop.StartActivity("checkout"))
            checkout?.SetTag("items", 3);

        await log.FlushAsync();
        Console.WriteLine(log.Counts);          // accepted 1 = written 1 + discarded 0 + unrouted 0 + in flight 0 (...)
        return log.Counts;
    }

    internal struct Order
    {
        public long Cents;
    }

    internal sealed class Total : IEventHandler<Order>
    {
        public long Cents { get; private set; }

        public void OnEvent(ref Order evt, long sequence, bool endOfBatch) => Cents += evt.Cents;
    }
}
