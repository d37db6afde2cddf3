using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// OTLP/JSON lines: each line is one <c>TracesData</c> object, as the OpenTelemetry file exporter specifies, and can be sent as
/// it is to an OTLP/HTTP endpoint. Spans are grouped by their <see cref="ActivitySource"/>.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class OtlpEncoder : SpanEncoder
{
    /// <summary>
    /// Sources whose scope is remembered; an application that makes sources without end must not fill the memory.
    /// </summary>
    private const int MostScopes = 64;

    private readonly OtlpSpanWriter _writer;
    private readonly Dictionary<object, OtlpScope> _scopes = [];
    private readonly List<OtlpScope> _open = [];
    private readonly Utf8Buffer _resource = new(512);
    private OtlpScope? _last;
    private int _bytes;
    private int _spans;

    /// <param name="resource">The attributes of what produces the spans: the service and its process.</param>
    /// <param name="limits">How much of a span is written.</param>
    /// <param name="redact">Sees the attributes of events and links; those of spans are redacted before they come here.</param>
    public OtlpEncoder(IEnumerable<KeyValuePair<string, object?>> resource, SpanLimitOptions limits, AttributeRedactor? redact)
    {
        _writer = new OtlpSpanWriter(limits, redact);
        BoundedList<SpanTag> attributes = new(0, SpanLimits.Attributes);
        foreach (KeyValuePair<string, object?> attribute in resource)
            attributes.Add(new SpanTag(attribute.Key, attribute.Value));

        // The comma that precedes the attributes is the one member separator that an object must not start with.
        Utf8Buffer members = new(512);
        OtlpAttributes.Append(members, attributes, OtlpRoom.Of(members, OtlpLimits.ScopeContent));
        if (members.Length > 0)
            _resource.Append(members.Bytes.AsSpan(1, members.Length - 1));
    }

    public override int PendingBytes => _bytes;

    public override int PendingSpans => _spans;

    public override void Add(SpanEvent span)
    {
        OtlpScope scope = ScopeOf((object?)span.Source ?? span.ScopeName);
        Utf8Buffer buffer = scope.Spans;
        int start = buffer.Length;
        try
        {
            if (start > 0)
                buffer.Append((byte)',');

            _writer.Write(buffer, span);
        }
        catch
        {
            buffer.Truncate(start);
            throw;
        }

        if (start == 0)
            Open(scope);

        _bytes += buffer.Length - start;
        _spans++;
    }

    public override void CompleteLines(Utf8Buffer output)
    {
        if (_spans == 0)
            return;

        // The scopes come before the resource, for the reason given in OtlpScope.
        output.Append("{\"resourceSpans\":[{\"scopeSpans\":["u8);
        for (int i = 0; i < _open.Count; i++)
        {
            if (i > 0)
                output.Append((byte)',');

            _open[i].Complete(output);
        }

        output.Append("],\"resource\":{"u8);
        output.Append(_resource);
        output.Append("}}]}\n"u8);
        Restart();
    }

    public override void Abandon()
    {
        foreach (OtlpScope scope in _open)
            scope.Spans.Clear();

        Restart();
    }

    private OtlpScope ScopeOf(object key)
    {
        if (_last is not null && ReferenceEquals(_last.Key, key))
            return _last;

        if (!_scopes.TryGetValue(key, out OtlpScope? scope))
        {
            scope = key is ActivitySource source ? new OtlpScope(source) : new OtlpScope((string)key);
            _scopes.Add(key, scope);
        }

        return _last = scope;
    }

    private void Open(OtlpScope scope)
    {
        _open.Add(scope);
        _bytes += scope.ScopeBytes;
    }

    private void Restart()
    {
        _open.Clear();
        _bytes = 0;
        _spans = 0;
        if (_scopes.Count <= MostScopes)
            return;

        _scopes.Clear();
        _last = null;
    }
}
