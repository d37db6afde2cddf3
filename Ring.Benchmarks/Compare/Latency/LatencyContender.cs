namespace Ring.Benchmarks.Compare.Latency;

/// <summary>A way within this process.</summary>
/// <param name="name">What the tables call it.</param>
/// <param name="run">Carries so many events.</param>
internal sealed class LatencyContender(string name, Func<int, Histogram> run) : ILatencyContender
{
    public string Name { get; } = name;

    public Histogram Run(int events) => run(events);

    public void Dispose()
    {
        // Each run has cleaned up after itself.
    }
}
