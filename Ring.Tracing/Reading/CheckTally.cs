using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Adds up what <see cref="TraceLogCheck"/> says, record by record.</summary>
/// <remarks>Not thread-safe: the loop that reads owns it.</remarks>
internal sealed class CheckTally
{
    /// <summary>How many examples are kept. Counts go on.</summary>
    public const int MostExamples = 100;

    private readonly SpanIndex _seen = new();
    private readonly Dictionary<SpanKey, (long Children, ActivityTraceId Trace)> _missing = [];
    private readonly Dictionary<string, GapSummary> _gaps = new(StringComparer.Ordinal);
    private readonly Dictionary<LogFaultKind, long> _faultCounts = [];
    private readonly List<LogFault> _faults = [];

    public long Spans { get; private set; }

    public long Repeated { get; private set; }

    public long Statistics { get; private set; }

    public int Processes => _seen.ProcessCount;

    public IReadOnlyList<LogFault> Faults => _faults;

    public void Add(LoggedRecord record)
    {
        switch (record)
        {
            case LoggedSpan span:
                AddSpan(span);
                break;
            case LoggedGap gap:
                AddGap(gap);
                break;
            case LogFault fault:
                AddFault(fault);
                break;
            default:
                Statistics++;
                break;
        }
    }

    public long CountOf(LogFaultKind kind) => _faultCounts.TryGetValue(kind, out long count) ? count : 0;

    public GapSummary[] Gaps() => [.. _gaps.Values.OrderBy(gap => gap.Reason, StringComparer.Ordinal)];

    public long Orphans() => _missing.Values.Sum(parent => parent.Children);

    public ActivityTraceId[] OrphanTraces() => [.. _missing.Values.Select(parent => parent.Trace).Distinct().Take(MostExamples)];

    /// <summary>Children end before their parents, so a parent is missed until it comes.</summary>
    private void AddSpan(LoggedSpan span)
    {
        if (!_seen.Add(span))
        {
            Repeated++;
            return;
        }

        Spans++;
        _missing.Remove(_seen.KeyOf(span, span.SpanId));
        if (span.ParentSpanId == default || span.HasRemoteParent != false)
            return;

        SpanKey parent = _seen.KeyOf(span, span.ParentSpanId);
        if (_seen.Contains(parent))
            return;

        _missing.TryGetValue(parent, out (long Children, ActivityTraceId Trace) missed);
        _missing[parent] = (missed.Children + 1, span.TraceId);
    }

    private void AddGap(LoggedGap gap)
    {
        if (!_seen.Add(gap.Span))
            return;

        GapSummary summary = _gaps.TryGetValue(gap.Reason, out GapSummary? known)
            ? known
            : new GapSummary(gap.Reason, recordCount: 0, spanCount: 0, gap.StartTimeUtc, gap.EndTimeUtc);
        _gaps[gap.Reason] = summary.With(gap);
    }

    private void AddFault(LogFault fault)
    {
        _faultCounts[fault.Kind] = CountOf(fault.Kind) + 1;
        if (_faults.Count < MostExamples)
            _faults.Add(fault);
    }
}
