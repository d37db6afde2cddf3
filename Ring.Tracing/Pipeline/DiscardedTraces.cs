using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Some of the traces that lost spans, until a gap record names them.</summary>
/// <remarks>Thread-safe. Bounded: what is over the limit is not named.</remarks>
internal sealed class DiscardedTraces
{
    private const int Limit = 100;

    private readonly object _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public void Add(ActivityTraceId traceId)
    {
        bool isTaken = false;
        try
        {
            // Never waits, on the application's thread: some of the traces are named, not all.
            Monitor.TryEnter(_gate, ref isTaken);
            if (isTaken && _ids.Count < Limit)
                _ids.Add(traceId.ToHexString());
        }
        finally
        {
            if (isTaken)
                Monitor.Exit(_gate);
        }
    }

    /// <summary>Returns those that came together, and forgets them.</summary>
    public string[] Take()
    {
        lock (_gate)
        {
            if (_ids.Count == 0)
                return [];

            string[] ids = [.. _ids];
            _ids.Clear();
            return ids;
        }
    }
}
