namespace Ring.Benchmarks.Compare.Latency;

/// <summary>One way to carry events whose time matters.</summary>
internal interface ILatencyContender : IDisposable
{
    string Name { get; }

    /// <summary>Carries so many events, and returns how long each took.</summary>
    Histogram Run(int events);
}
