using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpenTelemetry;

namespace Ring.Benchmarks.Tracing;

/// <summary>
/// An exporter as an application would write it: each batch becomes a line of OTLP/JSON with the fields that Ring.Tracing writes.
/// </summary>
internal sealed class JsonFileExporter(string path) : BaseExporter<Activity>
{
    private static readonly string InstanceId = Guid.NewGuid().ToString();

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);
    private Utf8JsonWriter? _json;

    public override ExportResult Export(in Batch<Activity> batch)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_buffer);
        _json.Reset(_buffer);
        WriteLine(_json, in batch);
        _json.Flush();
        _file.Write(_buffer.WrittenSpan);
        _file.WriteByte((byte)'\n');
        _file.Flush();
        return ExportResult.Success;
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        _file.Dispose();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        _json?.Dispose();
        base.Dispose(disposing);
    }

    private static void WriteLine(Utf8JsonWriter json, in Batch<Activity> batch)
    {
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        json.WriteStartObject();
        WriteResource(json);
        json.WriteStartArray("scopeSpans");
        ActivitySource? source = null;
        foreach (Activity span in batch)
        {
            if (source != span.Source)
                BeginScope(json, span.Source, isFirst: source is null);

            source = span.Source;
            WriteSpan(json, span);
        }

        if (source is not null)
            EndScope(json);

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json)
    {
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        WriteAttribute(json, "service.name", Work.ServiceName);
        WriteAttribute(json, "service.instance.id", InstanceId);
        WriteAttribute(json, "process.pid", Environment.ProcessId);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void BeginScope(Utf8JsonWriter json, ActivitySource source, bool isFirst)
    {
        if (!isFirst)
            EndScope(json);

        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", source.Name);
        json.WriteString("version", source.Version);
        json.WriteEndObject();
        json.WriteStartArray("spans");
    }

    private static void EndScope(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("spanId", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
            json.WriteString("parentSpanId", span.ParentSpanId.ToHexString());
        if (span.TraceStateString is not null)
            json.WriteString("traceState", span.TraceStateString);

        json.WriteNumber("flags", (uint)span.ActivityTraceFlags | 0x100u | (span.HasRemoteParent ? 0x200u : 0));
        json.WriteString("name", span.DisplayName);
        json.WriteNumber("kind", (int)span.Kind + 1);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.StartTimeUtc));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.StartTimeUtc + span.Duration));
        WriteAttributes(json, span.TagObjects);
        WriteEvents(json, span);
        WriteLinks(json, span);
        WriteStatus(json, span);
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, Activity span)
    {
        if (!span.Events.Any())
            return;

        json.WriteStartArray("events");
        foreach (ActivityEvent item in span.Events)
        {
            json.WriteStartObject();
            json.WriteString("timeUnixNano", Nanoseconds(item.Timestamp.UtcDateTime));
            json.WriteString("name", item.Name);
            WriteAttributes(json, item.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, Activity span)
    {
        if (!span.Links.Any())
            return;

        json.WriteStartArray("links");
        foreach (ActivityLink link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", link.Context.TraceId.ToHexString());
            json.WriteString("spanId", link.Context.SpanId.ToHexString());
            WriteAttributes(json, link.Tags ?? []);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, Activity span)
    {
        if (span.Status == ActivityStatusCode.Unset)
            return;

        json.WriteStartObject("status");
        if (span.StatusDescription is not null)
            json.WriteString("message", span.StatusDescription);

        json.WriteNumber("code", (int)span.Status);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (KeyValuePair<string, object?> attribute in attributes)
            WriteAttribute(json, attribute.Key, attribute.Value);

        json.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string key, object? value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        if (value is int or long)
            json.WriteString("intValue", Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        else if (value is bool flag)
            json.WriteBoolean("boolValue", flag);
        else if (value is double number)
            json.WriteNumber("doubleValue", number);
        else
            json.WriteString("stringValue", Convert.ToString(value, CultureInfo.InvariantCulture));

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Nanoseconds(DateTime utc) =>
        ((utc - DateTime.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
