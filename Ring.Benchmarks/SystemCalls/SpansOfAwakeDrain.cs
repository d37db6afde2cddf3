using System.Diagnostics;
using Ring.Benchmarks.Tracing;
using Ring.Tracing;

namespace Ring.Benchmarks.SystemCalls;

/// <summary>
/// Spans of a log whose drain is awake all the time, and whose ring is never full: whoever is too fast, the drain or the thread that
/// ends spans, looks again and again until the other has come after, which takes no system call.
/// </summary>
internal sealed class SpansOfAwakeDrain : IObservedSpans
{
    private const int RingSize = 1_024;
    private const int FewestInRing = RingSize / 4;

    /// <summary>The slots of a batch are free when it ends: as many again may not be yet.</summary>
    private const int MostInRing = RingSize / 2;

    /// <summary>Each span has this attribute once, so that the drain, which asks what to write of it, can be counted by it.</summary>
    private const string CountedKey = "http.route";

    private readonly TraceLog _log;
    private readonly bool _isDirect;
    private long _ended;
    private long _drained;
    private volatile bool _isFinishing;

    /// <param name="folder">Where the log's files go.</param>
    /// <param name="isDirect">Whether the spans have no Activity.</param>
    public SpansOfAwakeDrain(string folder, bool isDirect)
    {
        _isDirect = isDirect;
        _log = TraceLog.Start(options =>
        {
            options.Directory = folder;
            options.Sources.Add(Work.Source.Name);
            options.ServiceName = Work.ServiceName;
            options.RingSize = RingSize;
            options.Overflow = OverflowPolicy.DiscardNewest;
            options.Redact = OnDrain;
        });
    }

    public void End(int spans)
    {
        for (int i = 0; i < spans; i++)
        {
            while (_ended - Volatile.Read(ref _drained) >= MostInRing)
                Thread.SpinWait(1);

            if (_isDirect)
                Record();
            else
                Work.EndSpan();

            Volatile.Write(ref _ended, _ended + 1);
        }
    }

    public void Finish()
    {
        _isFinishing = true;
        _log.Dispose();
        if (_log.Counts.Written != _ended)
            throw new InvalidOperationException($"Of {_ended} spans {_log.Counts.Written} were written.");
    }

    public void Dispose() => _log.Dispose();

    private void Record()
    {
        using SpanWriter span = _log.Record(SpanIds.NewRoot(), "GET /cart/{id}", ActivityKind.Server, DateTime.UtcNow, TimeSpan.FromMilliseconds(1));
        span.SetTag(CountedKey, "/cart/{id}");
        span.SetTag("http.response.status_code", 200);
    }

    /// <summary>The log asks this about each attribute: here the drain waits until there is more to come than it has at hand.</summary>
    private object? OnDrain(string key, object? value)
    {
        if (!string.Equals(key, CountedKey, StringComparison.Ordinal))
            return value;

        while (!_isFinishing && Volatile.Read(ref _ended) - _drained < FewestInRing)
            Thread.SpinWait(1);

        Volatile.Write(ref _drained, _drained + 1);
        return value;
    }
}
