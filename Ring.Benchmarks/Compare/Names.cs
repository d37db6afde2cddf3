namespace Ring.Benchmarks.Compare;

/// <summary>The contenders that aims speak of, or that several tables have.</summary>
internal static class Names
{
    public const string RingClass = "Ring, class event";
    public const string RingStructHandler = "Ring, struct event and handler";
    public const string RingMulti = "Ring, multi, class event";
    public const string RingBlocking = "Ring, Blocking";
    public const string RingBusySpin = "Ring, BusySpin";
    public const string RingLiteBlocking = "Ring, LiteBlocking";
    public const string RingYielding = "Ring, Yielding";
    public const string Bare = "bare ring, a store for each item";
    public const string BareBatch = "bare ring, a store for 16 items";
    public const string ConcurrentQueue = "ConcurrentQueue, spinning";
    public const string BoundedChannel = "Channel, bounded";
    public const string UnboundedChannel = "Channel, unbounded";
    public const string BlockingCollection = "BlockingCollection";
    public const string BoundedBlockingCollection = "BlockingCollection, bounded";
    public const string LmaxBusySpin = "LMAX, BusySpin";
    public const string LmaxMulti = "LMAX, multi, BusySpin";
    public const string LmaxBlocking = "LMAX, Blocking";

    public static bool IsOfRing(string name) => name.StartsWith("Ring", StringComparison.Ordinal);
}
