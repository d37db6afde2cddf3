using System.Globalization;
using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>The same work with more of everything. At each point the lines are the contenders.</summary>
internal static class ScaleCases
{
    /// <summary>More threads than processors belong to it, on machines with fewer than sixteen: nothing may collapse.</summary>
    private static readonly int[] Counts = [.. new[] { 1, 2, 3, 4, 6, 8, 12, 16 }.Where(static count => count <= Math.Max(4, Environment.ProcessorCount))];

    public static IEnumerable<ScaleCase> All()
    {
        yield return new ScaleCase(
            "scale-producers", "Producers to one consumer, rings for several producers", "producers", Counts,
            [
                (Names.RingBlocking, static n => RingContenders.Classes(string.Empty, From(n, Strategies.Blocking))),
                (Names.RingYielding, static n => RingContenders.Classes(string.Empty, From(n, Strategies.Yielding))),
                (Names.BlockingCollection, static n => PeerContenders.Queue(string.Empty, static () => new BlockingCollectionQueue(null), n)),
                (Names.BoundedChannel, static n => PeerContenders.Channel(string.Empty, RingShape.UsualSize, n)),
                (Names.ConcurrentQueue, static n => PeerContenders.Queue(string.Empty, static () => new SpinningConcurrentQueue(), n)),
            ]);
        yield return new ScaleCase(
            "scale-consumers", "One producer to consumers side by side", "consumers", Counts,
            [
                (Names.RingBlocking, static n => RingContenders.Classes(string.Empty, new RingShape { Strategy = Strategies.Blocking }, Topology<ClassEvent>.Parallel(n))),
                (Names.RingYielding, static n => RingContenders.Classes(string.Empty, new RingShape { Strategy = Strategies.Yielding }, Topology<ClassEvent>.Parallel(n))),
            ]);
        yield return new ScaleCase(
            "scale-size", "One producer, one consumer, rings from small to large", "slots", [.. Enumerable.Range(2, 9).Select(static power => 1 << (2 * power))],
            [
                ("Ring, class event", static size => RingContenders.Classes(string.Empty, new RingShape { Size = size })),
                ("Ring, struct event and handler", static size => RingContenders.StructHandler<StructEvent>(string.Empty, new RingShape { Size = size })),
                ("Ring, multi, class event", static size => RingContenders.Classes(string.Empty, new RingShape { Size = size, ProducerType = ProducerType.Multi })),
            ]);
        yield return new ScaleCase(
            "scale-event", "One producer, one consumer, struct events from small to large", "bytes", [8, 32, 64, 128, 256, 512],
            [
                ("Ring of 1,024 slots", static bytes => OfBytes(bytes, 1_024)),
                ("Ring of 65,536 slots", static bytes => OfBytes(bytes, RingShape.UsualSize)),
            ]);
        yield return new ScaleCase(
            "scale-padding", "One producer, one consumer, struct events of 8 bytes in slots from small to large", "bytes", [8, 64, 128],
            [
                ("Ring of 1,024 slots", static bytes => InSlotsOf(bytes, new RingShape { Size = 1_024 })),
                ("Ring of 65,536 slots", static bytes => InSlotsOf(bytes, new RingShape())),
                ("Ring of 65,536 slots, multi", static bytes => InSlotsOf(bytes, new RingShape { ProducerType = ProducerType.Multi })),
            ]);
    }

    private static RingShape From(int producers, Func<IWaitStrategy> strategy) => new()
    {
        ProducerType = ProducerType.Multi,
        Producers = producers,
        Strategy = strategy,
    };

    private static IContender OfBytes(int bytes, int size)
    {
        RingShape shape = new() { Size = size };
        return bytes switch
        {
            8 => RingContenders.StructHandler<StructEvent>(string.Empty, shape),
            32 => RingContenders.StructHandler<SizedEvent<Load24>>(string.Empty, shape),
            64 => RingContenders.StructHandler<SizedEvent<Load56>>(string.Empty, shape),
            128 => RingContenders.StructHandler<SizedEvent<Load120>>(string.Empty, shape),
            256 => RingContenders.StructHandler<SizedEvent<Load248>>(string.Empty, shape),
            512 => RingContenders.StructHandler<SizedEvent<Load504>>(string.Empty, shape),
            _ => throw NoEventOf(bytes),
        };
    }

    private static IContender InSlotsOf(int bytes, RingShape shape) => bytes switch
    {
        8 => RingContenders.StructHandler<StructEvent>(string.Empty, shape),
        64 => RingContenders.StructHandler<PaddedEvent64>(string.Empty, shape),
        128 => RingContenders.StructHandler<PaddedEvent128>(string.Empty, shape),
        _ => throw NoEventOf(bytes),
    };

    private static ArgumentOutOfRangeException NoEventOf(int bytes) =>
        new(nameof(bytes), bytes, string.Create(CultureInfo.InvariantCulture, $"There is no event of {bytes} bytes."));
}
