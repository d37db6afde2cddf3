namespace Ring.Benchmarks.SystemCalls;

/// <summary>Spans that one thread ends, and where they go.</summary>
internal interface IObservedSpans : IDisposable
{
    /// <summary>Ends so many on the calling thread.</summary>
    void End(int spans);

    /// <summary>Returns when everything is written, and throws if it was not done as it should be.</summary>
    void Finish();
}
