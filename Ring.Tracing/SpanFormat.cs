namespace Ring.Tracing;

/// <summary>How the spans of a log are written.</summary>
/// <remarks>Thread safety: a value.</remarks>
public enum SpanFormat
{
    /// <summary>
    /// OTLP/JSON lines as the OpenTelemetry file exporter specifies them: each line can be sent to an OTLP/HTTP endpoint as it is.
    /// Files end in <c>.jsonl</c>.
    /// </summary>
    OtlpJson,

    /// <summary>The digest lines of SOFATracer as JSON objects. Files end in <c>.digest.ndjson</c>.</summary>
    SofaJson,

    /// <summary>The digest lines of SOFATracer, separated by commas. Files end in <c>.digest.log</c>.</summary>
    SofaText,

    /// <summary>Lines of text, see <see cref="TraceLog.WriteLine"/>; such a log takes no spans. Files end in <c>.log</c>.</summary>
    Text,
}
