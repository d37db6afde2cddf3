namespace Ring.Benchmarks.Compare.Latency;

/// <summary>Times that several contenders show in turns.</summary>
/// <param name="id">Short, for files and for <c>--only</c>.</param>
/// <param name="title">What is timed, for the heading.</param>
/// <param name="contenders">Makes the contenders; the first one is Ring's.</param>
internal sealed class LatencyCase(string id, string title, Func<IEnumerable<ILatencyContender?>> contenders)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    /// <summary>The contenders that this machine has.</summary>
    public ILatencyContender[] MakeContenders() => [.. contenders().OfType<ILatencyContender>()];
}
