using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// SOFATracer's digest lines, one for each span, as JSON or separated by commas: the common fields, those of the component, the
/// tags that have no field, and the baggage. Times are UTC, and the ids are those of W3C. Events and links have no place in it.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaDigestEncoder : SpanEncoder
{
    private readonly string _serviceName;
    private readonly SofaWriter _writer;
    private readonly SofaTags _tags = new();
    private readonly SofaFields _fields;
    private readonly SofaBaggage _baggage;
    private readonly Utf8Buffer _lines = new(OtlpLimits.LineTarget + (OtlpLimits.LineTarget / 4));
    private int _spans;

    /// <param name="serviceName">The name of the application in each line.</param>
    /// <param name="asJson">True for JSON, false for the comma-separated form.</param>
    /// <param name="baggageKeys">The baggage that was captured.</param>
    /// <param name="textLength">Characters of an attribute's value that are written at most.</param>
    public SofaDigestEncoder(string serviceName, bool asJson, IEnumerable<string> baggageKeys, int textLength = int.MaxValue)
    {
        _serviceName = serviceName;
        _writer = asJson ? new SofaJsonWriter(textLength) : new SofaTextWriter(textLength);
        _fields = new SofaFields(_writer, _tags);
        _baggage = new SofaBaggage(_tags, baggageKeys, textLength);
    }

    public override int PendingBytes => _lines.Length;

    public override int PendingSpans => _spans;

    public override void Add(SpanEvent span)
    {
        int start = _lines.Length;
        try
        {
            _tags.Read(span);
            _baggage.Read(span);
            Write(span, start + OtlpLimits.SpanContent - _baggage.Pairs.Length);
            _spans++;
        }
        catch
        {
            _lines.Truncate(start);
            throw;
        }
        finally
        {
            _tags.Clear();
        }
    }

    public override void CompleteLines(Utf8Buffer output)
    {
        output.Append(_lines);
        Abandon();
    }

    public override void Abandon()
    {
        _lines.Clear();
        _spans = 0;
    }

    private void Write(SpanEvent span, int end)
    {
        SofaComponent component = _fields.ComponentOf(span);
        _writer.Begin(_lines);
        WriteCommon(component, span);
        _fields.Write(component, span);
        if (_writer.BeginTags(hasCell: component == SofaComponent.Other))
            WriteTags(component, span, end);

        _writer.Text("sys.baggage"u8, value: null);
        _writer.Plain("biz.baggage"u8, _baggage.Pairs);
        _writer.End();
    }

    private void WriteCommon(SofaComponent component, SpanEvent span)
    {
        _writer.Time("time"u8, Math.Min(DateTime.MaxValue.Ticks, span.StartTicks + span.DurationTicks));
        _writer.Text("local.app"u8, _serviceName);
        WriteIds(span);
        _writer.Plain("span.kind"u8, SofaFields.IsServer(span.Kind) ? "server"u8 : "client"u8);
        WriteResult(component, span.Status == ActivityStatusCode.Error);
        _writer.Value("current.thread.name"u8, _tags.Take("thread.name"));
        _writer.Milliseconds("time.cost.milliseconds"u8, span.DurationTicks);
    }

    /// <summary>Those of an activity are texts already; the others need not become any.</summary>
    private void WriteIds(SpanEvent span)
    {
        if (!span.Ids.IsValid)
        {
            _writer.Text("traceId"u8, span.TraceId.ToHexString());
            _writer.Text("spanId"u8, span.SpanId.ToHexString());
            return;
        }

        _writer.BeginText("traceId"u8);
        _lines.AppendHex(span.Ids.TraceHigh);
        _lines.AppendHex(span.Ids.TraceLow);
        _writer.EndText();
        _writer.BeginText("spanId"u8);
        _lines.AppendHex(span.Ids.Span);
        _writer.EndText();
    }

    private void WriteResult(SofaComponent component, bool isError)
    {
        bool isHttp = component is SofaComponent.HttpClient or SofaComponent.HttpServer;
        if (isHttp && _tags.Take("http.response.status_code", "http.status_code") is { HasValue: true } status)
            _writer.Value("result.code"u8, in status);
        else if (component == SofaComponent.Database)
            _writer.Plain("result.code"u8, isError ? "failed"u8 : "success"u8);
        else if (isError)
            _writer.Plain("result.code"u8, IsTimeout() ? "03"u8 : "99"u8);
        else
            _writer.Plain("result.code"u8, "00"u8);
    }

    private bool IsTimeout() => _tags.TextOf("error.type") is "timeout" or "System.TimeoutException";

    /// <summary>
    /// What else is known of the span: its parent, since these ids do not say it, and the name where it is not the method.
    /// </summary>
    private void WriteTags(SofaComponent component, SpanEvent span, int end)
    {
        if (!span.IsRoot)
            WriteParent(span);

        if (component is not (SofaComponent.Other or SofaComponent.Redis))
            _writer.TextTag(SofaNames.SpanName, span.Name);

        bool hasError = span.Status == ActivityStatusCode.Error && !string.IsNullOrEmpty(span.StatusDescription);
        if (hasError && !SofaFields.HasError(component))
            _writer.TextTag(SofaNames.Error, span.StatusDescription!);

        int dropped = span.Tags.Dropped + _baggage.Dropped + WriteFreeTags(end);
        if (dropped > 0)
            _writer.Tag(string.Empty, new SpanTag(SofaNames.DroppedTags, dropped));
    }

    private void WriteParent(SpanEvent span)
    {
        if (span.Ids.IsValid)
            _writer.IdTag(SofaNames.ParentSpanId, span.Ids.Parent);
        else
            _writer.TextTag(SofaNames.ParentSpanId, span.ParentSpanId.ToHexString());
    }

    private int WriteFreeTags(int end)
    {
        int dropped = 0;
        for (int i = 0; i < _tags.Count; i++)
        {
            if (_tags.IsFree(i) && !TryWriteTag(in _tags.At(i), end))
                dropped++;
        }

        return dropped;
    }

    private bool TryWriteTag(in SpanTag tag, int end)
    {
        // A key that is cut could be that of another tag.
        if (string.IsNullOrEmpty(tag.Key) || tag.Key.Length > OtlpLimits.TextCharacters)
            return false;

        int start = _lines.Length;
        if (_writer.Tag(SofaNames.PrefixOf(tag.Key), in tag) && _lines.Length <= end)
            return true;

        _lines.Truncate(start);
        return false;
    }
}
