using System.Diagnostics;
#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>Some of the traces that lost spans, until a gap record names them.</summary>
/// <remarks>Thread-safe. Bounded: what is over the limit is not named.</remarks>
internal sealed class DiscardedTraces
{
    private const int Limit = 100;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public void Add(ActivityTraceId traceId)
    {
        lock (_gate)
        {
            if (_ids.Count < Limit)
                _ids.Add(traceId.ToHexString());
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
