namespace Ring.Tracing;

/// <summary>Is told the few things that a log has to say about itself.</summary>
/// <remarks>
/// Called on a thread of the pool or on the one that disposes of the log, never on one that ends or writes spans. The report of the
/// stop may come while another call is under way. What it throws is swallowed.
/// </remarks>
internal interface ITraceLogObserver
{
    /// <summary>False while telling would be in vain.</summary>
    bool IsListening { get; }

    void DiskRefused(string reason);

    void DiskResumed();

    /// <param name="count">How many since the last call, at least one.</param>
    /// <param name="reasons">How many for which reason.</param>
    void SpansDiscarded(long count, string reasons);

    void Stopped(in StopReport report);
}
