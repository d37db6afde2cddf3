using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Writes one OTLP <c>Span</c> in the JSON encoding of Protobuf.</summary>
/// <remarks>Not thread-safe: it holds a scratch list.</remarks>
internal sealed class OtlpSpanWriter(SpanLimitOptions limits, AttributeRedactor? redact)
{
    private const string NoSpan = "0000000000000000";
    private const uint RemoteIsKnown = 0x100;
    private const uint ParentIsRemote = 0x200;
    private const long UnixEpochTicks = 621355968000000000;
    private const long LatestTicks = (long)(ulong.MaxValue / 100);

    private readonly BoundedList<SpanTag> _scratch = new(0, limits.Attributes);

    public void Write(Utf8Buffer buffer, SpanEvent span)
    {
        OtlpRoom room = new(buffer.Length + OtlpLimits.SpanContent, limits.TextLength);
        WriteIdentity(buffer, span);
        WriteTimes(buffer, span);
        OtlpAttributes.Append(buffer, span.Tags, room);
        WriteEvents(buffer, span.Events, room);
        WriteLinks(buffer, span.Links, room);
        WriteStatus(buffer, span);
        buffer.Append((byte)'}');
    }

    private static void WriteIdentity(Utf8Buffer buffer, SpanEvent span)
    {
        if (span.Ids.IsValid)
            WriteIds(buffer, span.Ids);
        else
            WriteIds(buffer, span.TraceId, span.SpanId, span.ParentSpanId);

        WriteContext(buffer, span.TraceState, span.TraceFlags, span.HasRemoteParent);
        buffer.Append(",\"name\":"u8);
        buffer.AppendJson(span.Name, OtlpLimits.TextCharacters);
        buffer.Append(",\"kind\":"u8);
        // An enum takes any number, and the protocol does not: what .NET has no name for is internal, which is the default.
        buffer.AppendNumber((span.Kind is >= ActivityKind.Internal and <= ActivityKind.Consumer ? (int)span.Kind : 0) + 1);
    }

    private static void WriteIds(Utf8Buffer buffer, SpanIds ids)
    {
        buffer.Append("{\"traceId\":\""u8);
        buffer.AppendHex(ids.TraceHigh);
        buffer.AppendHex(ids.TraceLow);
        buffer.Append("\",\"spanId\":\""u8);
        buffer.AppendHex(ids.Span);
        buffer.Append((byte)'"');
        if (ids.Parent == 0)
            return;

        buffer.Append(",\"parentSpanId\":\""u8);
        buffer.AppendHex(ids.Parent);
        buffer.Append((byte)'"');
    }

    private static void WriteIds(Utf8Buffer buffer, ActivityTraceId traceId, ActivitySpanId spanId, ActivitySpanId parentId = default)
    {
        buffer.Append("{\"traceId\":\""u8);
        buffer.AppendText(traceId.ToHexString());
        buffer.Append("\",\"spanId\":\""u8);
        buffer.AppendText(spanId.ToHexString());
        buffer.Append((byte)'"');
        string parent = parentId.ToHexString();
        if (string.Equals(parent, NoSpan, StringComparison.Ordinal))
            return;

        buffer.Append(",\"parentSpanId\":\""u8);
        buffer.AppendText(parent);
        buffer.Append((byte)'"');
    }

    private static void WriteContext(Utf8Buffer buffer, string? traceState, ActivityTraceFlags flags, bool isRemote)
    {
        if (!string.IsNullOrEmpty(traceState))
        {
            buffer.Append(",\"traceState\":"u8);
            buffer.AppendJson(traceState!, OtlpLimits.TextCharacters);
        }

        buffer.Append(",\"flags\":"u8);
        buffer.AppendNumber(((uint)flags & 0xFF) | RemoteIsKnown | (isRemote ? ParentIsRemote : 0));
    }

    private static void WriteTimes(Utf8Buffer buffer, SpanEvent span)
    {
        buffer.Append(",\"startTimeUnixNano\":\""u8);
        WriteNanoseconds(buffer, span.StartTicks);
        buffer.Append("\",\"endTimeUnixNano\":\""u8);
        WriteNanoseconds(buffer, span.StartTicks + span.DurationTicks);
        buffer.Append((byte)'"');
    }

    /// <summary>
    /// The fields are unsigned and of 64 bits, so a time before 1970 is written as 1970, and one after 2554 as the latest: a
    /// number that does not fit would cost the reader the whole line. A tick is 100 ns, hence the two zeros.
    /// </summary>
    private static void WriteNanoseconds(Utf8Buffer buffer, long utcTicks)
    {
        long ticks = utcTicks - UnixEpochTicks;
        if (ticks <= 0)
        {
            buffer.Append((byte)'0');
            return;
        }

        buffer.AppendNumber(Math.Min(ticks, LatestTicks));
        buffer.Append("00"u8);
    }

    private void WriteEvents(Utf8Buffer buffer, BoundedList<ActivityEvent> events, OtlpRoom room)
    {
        int written = 0;
        for (int i = 0; i < events.Count; i++)
        {
            int start = buffer.Length;
            buffer.Append(written == 0 ? ",\"events\":["u8 : ","u8);
            WriteEvent(buffer, in events[i], room);
            if (buffer.Length <= room.End)
                written++;
            else
                buffer.Truncate(start);
        }

        if (written > 0)
            buffer.Append((byte)']');

        OtlpAttributes.AppendDropped(buffer, ",\"droppedEventsCount\":"u8, events.Dropped + events.Count - written);
    }

    private void WriteEvent(Utf8Buffer buffer, in ActivityEvent item, OtlpRoom room)
    {
        _scratch.Clear();
        foreach (ref readonly KeyValuePair<string, object?> tag in item.EnumerateTagObjects())
            AddRedacted(in tag);

        buffer.Append("{\"timeUnixNano\":\""u8);
        WriteNanoseconds(buffer, item.Timestamp.UtcTicks);
        buffer.Append("\",\"name\":"u8);
        buffer.AppendJson(item.Name ?? string.Empty, OtlpLimits.TextCharacters);
        OtlpAttributes.Append(buffer, _scratch, room);
        _scratch.Clear();
        buffer.Append((byte)'}');
    }

    private void WriteLinks(Utf8Buffer buffer, BoundedList<ActivityLink> links, OtlpRoom room)
    {
        int written = 0;
        for (int i = 0; i < links.Count; i++)
        {
            int start = buffer.Length;
            buffer.Append(written == 0 ? ",\"links\":["u8 : ","u8);
            WriteLink(buffer, in links[i], room);
            if (buffer.Length <= room.End)
                written++;
            else
                buffer.Truncate(start);
        }

        if (written > 0)
            buffer.Append((byte)']');

        OtlpAttributes.AppendDropped(buffer, ",\"droppedLinksCount\":"u8, links.Dropped + links.Count - written);
    }

    private void WriteLink(Utf8Buffer buffer, in ActivityLink link, OtlpRoom room)
    {
        _scratch.Clear();
        foreach (ref readonly KeyValuePair<string, object?> tag in link.EnumerateTagObjects())
            AddRedacted(in tag);

        WriteIds(buffer, link.Context.TraceId, link.Context.SpanId);
        WriteContext(buffer, link.Context.TraceState, link.Context.TraceFlags, link.Context.IsRemote);
        OtlpAttributes.Append(buffer, _scratch, room);
        _scratch.Clear();
        buffer.Append((byte)'}');
    }

    /// <summary>Those of the span itself were redacted in their slot; events and links cannot be changed there.</summary>
    private void AddRedacted(in KeyValuePair<string, object?> tag)
    {
        try
        {
            _scratch.Add(new SpanTag(tag.Key, redact is null ? tag.Value : redact(tag.Key, tag.Value)));
        }
        catch (Exception)
        {
            // Without a key it is dropped and counted.
            _scratch.Add(default);
        }
    }

    private static void WriteStatus(Utf8Buffer buffer, SpanEvent span)
    {
        if (span.Status is not (ActivityStatusCode.Ok or ActivityStatusCode.Error))
            return;

        buffer.Append(",\"status\":{"u8);
        if (span.Status == ActivityStatusCode.Error && !string.IsNullOrEmpty(span.StatusDescription))
        {
            buffer.Append("\"message\":"u8);
            buffer.AppendJson(span.StatusDescription!, OtlpLimits.TextCharacters);
            buffer.Append((byte)',');
        }

        buffer.Append("\"code\":"u8);
        buffer.AppendNumber((int)span.Status);
        buffer.Append((byte)'}');
    }
}
