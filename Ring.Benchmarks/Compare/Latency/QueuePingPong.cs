using System.Diagnostics;
using System.Threading.Channels;
using Ring.Benchmarks.Compare.Peers;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>The same over two queues of another kind.</summary>
internal static class QueuePingPong
{
    public static Histogram Run<TQueue>(int exchanges, TQueue there, TQueue back)
        where TQueue : struct, IQueue
    {
        using Crew crew = new();
        Histogram times = new();
        crew.AddRunning(() => Echo(there, back, exchanges));
        crew.AddRunning(() => Exchange(there, back, exchanges, times));
        crew.Join();
        return times;
    }

    public static Histogram RunChannels(int exchanges)
    {
        UnboundedChannelOptions options = new() { SingleReader = true, SingleWriter = true };
        Channel<long> there = Channel.CreateUnbounded<long>(options);
        Channel<long> back = Channel.CreateUnbounded<long>(options);
        Task echo = Task.Run(() => EchoAsync(there.Reader, back.Writer, exchanges));
        Task<Histogram> exchange = Task.Run(() => ExchangeAsync(there.Writer, back.Reader, exchanges));
        Task.WaitAll(echo, exchange);
        return exchange.Result;
    }

    private static void Exchange<TQueue>(TQueue there, TQueue back, int exchanges, Histogram times)
        where TQueue : struct, IQueue
    {
        for (int i = 0; i < exchanges; i++)
        {
            long start = Stopwatch.GetTimestamp();
            there.Enqueue(i);
            Check(back.Dequeue(), i);
            times.Add(Nanoseconds.Since(start));
        }
    }

    private static void Echo<TQueue>(TQueue there, TQueue back, int exchanges)
        where TQueue : struct, IQueue
    {
        for (int i = 0; i < exchanges; i++)
            back.Enqueue(there.Dequeue());
    }

    private static async Task<Histogram> ExchangeAsync(ChannelWriter<long> there, ChannelReader<long> back, int exchanges)
    {
        Histogram times = new();
        for (int i = 0; i < exchanges; i++)
        {
            long start = Stopwatch.GetTimestamp();
            there.TryWrite(i);
            Check(await back.ReadAsync().ConfigureAwait(false), i);
            times.Add(Nanoseconds.Since(start));
        }

        return times;
    }

    private static async Task EchoAsync(ChannelReader<long> there, ChannelWriter<long> back, int exchanges)
    {
        for (int i = 0; i < exchanges; i++)
            back.TryWrite(await there.ReadAsync().ConfigureAwait(false));
    }

    private static void Check(long value, long expected)
    {
        if (value != expected)
            throw new InvalidOperationException($"{value} came back instead of {expected}.");
    }
}
