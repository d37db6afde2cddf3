using Ring.Benchmarks.Compare.Java;
using Ring.Benchmarks.Compare.Latency;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>How long one event takes.</summary>
/// <param name="lmax">LMAX's Disruptor, if it is there.</param>
internal sealed class LatencyCases(Lmax? lmax)
{
    public IEnumerable<LatencyCase> All()
    {
        yield return new LatencyCase("ping-pong", "There and back between two threads, one event at a time", PingPong);
        yield return new LatencyCase("one-way", "From one thread to another, 100,000 events a second", () => OneWays(burst: 1));
        yield return new LatencyCase("one-way-bursts", "From one thread to another, 100,000 events a second, 32 at once", () => OneWays(burst: 32));
    }

    private IEnumerable<ILatencyContender?> PingPong() =>
    [
        PingPong(Names.RingBusySpin, Strategies.BusySpin),
        OnJvm("pingpong", "BusySpin"),
        new LatencyContender("cache line, there and back", CacheLinePingPong.Run),
        PingPong(Names.RingYielding, Strategies.Yielding),
        PingPong(Names.RingBlocking, Strategies.Blocking),
        PingPong(Names.RingLiteBlocking, Strategies.LiteBlocking),
        OnJvm("pingpong", "Blocking"),
        new LatencyContender("Monitor alone, there and back", MonitorPingPong.Run),
        new LatencyContender(
            Names.ConcurrentQueue, static events => QueuePingPong.Run(events, new SpinningConcurrentQueue(), new SpinningConcurrentQueue())),
        new LatencyContender(
            Names.BlockingCollection, static events => QueuePingPong.Run(events, new BlockingCollectionQueue(null), new BlockingCollectionQueue(null))),
        new LatencyContender(Names.UnboundedChannel, QueuePingPong.RunChannels),
    ];

    private IEnumerable<ILatencyContender?> OneWays(int burst) =>
    [
        OneWay(Names.RingBusySpin, Strategies.BusySpin, burst),
        OnJvm($"oneway {burst}", "BusySpin"),
        OneWay(Names.RingBlocking, Strategies.Blocking, burst),
        OneWay(Names.RingLiteBlocking, Strategies.LiteBlocking, burst),
        OnJvm($"oneway {burst}", "Blocking"),
        new LatencyContender(Names.ConcurrentQueue, events => Latency.OneWay.RunQueue(events, burst, new SpinningConcurrentQueue())),
        new LatencyContender(Names.BlockingCollection, events => Latency.OneWay.RunQueue(events, burst, new BlockingCollectionQueue(null))),
    ];

    private static LatencyContender PingPong(string name, Func<IWaitStrategy> strategy) => new(name, events => RingPingPong.Run(events, strategy));

    private static LatencyContender OneWay(string name, Func<IWaitStrategy> strategy, int burst) =>
        new(name, events => Latency.OneWay.RunRing(events, burst, strategy));

    private LmaxLatencyContender? OnJvm(string command, string strategy) => lmax is null ? null : new LmaxLatencyContender(lmax, command, strategy);
}
