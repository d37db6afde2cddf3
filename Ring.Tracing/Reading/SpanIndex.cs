using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>The spans that were met so far, about 50 bytes each.</summary>
/// <remarks>Not thread-safe: the loop that reads owns it.</remarks>
internal sealed class SpanIndex
{
    private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);
    private readonly HashSet<SpanKey> _spans = [];

    /// <summary>How many processes the spans are of.</summary>
    public int ProcessCount => _processes.Count;

    /// <summary>Returns false for a span that was met before.</summary>
    public bool Add(LoggedSpan span) => _spans.Add(KeyOf(span, span.SpanId));

    public bool Contains(SpanKey key) => _spans.Contains(key);

    /// <summary>The key of this span, or of another one of its process and trace.</summary>
    public SpanKey KeyOf(LoggedSpan span, ActivitySpanId id)
    {
        if (!_processes.TryGetValue(span.Resource.Process, out int process))
        {
            process = _processes.Count;
            _processes.Add(span.Resource.Process, process);
        }

        return new SpanKey(process, span.TraceId, id);
    }
}
