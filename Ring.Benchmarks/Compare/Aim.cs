namespace Ring.Benchmarks.Compare;

/// <summary>A ratio that is to be reached.</summary>
/// <param name="CaseId">In which case.</param>
/// <param name="Ours">Whose rate is divided, or who is faster.</param>
/// <param name="Theirs">By whose.</param>
/// <param name="Factor">How many times as much it is to be at least.</param>
/// <param name="Share">Of a latency case, which percentile; otherwise null.</param>
internal sealed record Aim(string CaseId, string Ours, string Theirs, double Factor, double? Share = null)
{
    public static Aim[] All { get; } =
    [
        new("one-to-one", Names.RingClass, Names.BlockingCollection, 50),
        new("one-to-one", Names.RingClass, Names.BoundedChannel, 10),
        new("one-to-one", Names.RingClass, Names.ConcurrentQueue, 3),
        new("one-to-one", Names.RingClass, Names.LmaxBusySpin, 3),
        new("one-to-one-multi", Names.RingMulti, Names.LmaxMulti, 3.5),
        new("one-to-one-blocking", Names.RingBlocking, Names.LmaxBlocking, 4),
        new("one-to-one-blocking", Names.RingBlocking, Names.BlockingCollection, 25),
        new("batch", Names.RingStructHandler, Names.BareBatch, 0.8),
        new("one-to-one", Names.RingStructHandler, Names.Bare, 1),
        new("two-to-one-blocking", Names.RingBlocking, Names.BlockingCollection, 8),
        new("ping-pong", Names.RingBusySpin, Names.LmaxBusySpin, 1, Share: 0.5),
        new("ping-pong", Names.RingBusySpin, Names.LmaxBusySpin, 1, Share: 0.99),
    ];
}
