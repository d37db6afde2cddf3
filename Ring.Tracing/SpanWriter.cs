using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>
/// Fills in a span that is recorded without an <see cref="Activity"/>, see <see cref="TraceLog.Record"/>; it is handed over when this
/// is disposed of. When the log has no room for it, everything is done in vain, and counted.
/// </summary>
/// <remarks>
/// Thread safety: for the thread that got it. It must be disposed of, and soon: until then, all spans that end later wait for it.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly ref struct SpanWriter
{
    private readonly SpanPipeline? _pipeline;
    private readonly SpanEvent? _span;
    private readonly long _sequence;

    internal SpanWriter(SpanPipeline pipeline, SpanEvent span, long sequence)
    {
        _pipeline = pipeline;
        _span = span;
        _sequence = sequence;
    }

    /// <summary>Whether the log takes the span, and it was not disposed of yet.</summary>
    public bool IsOpen => _span is not null && _span.OpenSequence == _sequence;

    /// <summary>Adds an attribute; the last value of a key counts.</summary>
    /// <param name="key">The key; an attribute without one is dropped and counted in the record.</param>
    /// <param name="value">The value.</param>
    public void SetTag(string key, long value) => Add(new SpanTag(key, value));

    /// <inheritdoc cref="SetTag(string, long)"/>
    public void SetTag(string key, double value) => Add(new SpanTag(key, value));

    /// <inheritdoc cref="SetTag(string, long)"/>
    public void SetTag(string key, bool value) => Add(new SpanTag(key, value));

    /// <inheritdoc cref="SetTag(string, long)"/>
    public void SetTag(string key, string? value) => Add(new SpanTag(key, value));

    /// <summary>Adds an attribute of any other type that OTLP has, an array of texts for instance.</summary>
    /// <param name="key">The key; an attribute without one is dropped and counted in the record.</param>
    /// <param name="value">The value; it is read later on another thread, and must not be changed any more.</param>
    public void SetTag(string key, object? value) => Add(new SpanTag(key, value));

    /// <summary>Says how the operation ended.</summary>
    /// <param name="status">The status.</param>
    /// <param name="description">What is said about an error.</param>
    public void SetStatus(ActivityStatusCode status, string? description = null)
    {
        if (IsOpen)
            _span!.SetStatus(status, description);
    }

    /// <summary>Says that the span belongs to a load test.</summary>
    public void SetLoadTest()
    {
        if (IsOpen)
            _span!.IsLoadTest = true;
    }

    /// <summary>Hands the span over. Called again, does nothing.</summary>
    public void Dispose()
    {
        if (IsOpen)
            _pipeline!.Publish(_span!, _sequence);
    }

    private void Add(in SpanTag tag)
    {
        if (IsOpen)
            _span!.Tags.Add(in tag);
    }
}
