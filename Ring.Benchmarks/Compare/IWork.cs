namespace Ring.Benchmarks.Compare;

/// <summary>One run, prepared: everything is made, and the consumers' threads are started.</summary>
internal interface IWork : IDisposable
{
    /// <summary>What is timed: returns when the last event has arrived.</summary>
    void Go();

    /// <summary>Throws unless every event arrived, once and in order.</summary>
    void Check();
}
