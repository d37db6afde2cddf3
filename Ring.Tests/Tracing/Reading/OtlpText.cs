namespace Ring.Tests.Tracing;

/// <summary>OTLP/JSON lines as text, for what the encoder never writes.</summary>
internal static class OtlpText
{
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private const string Times = "\"startTimeUnixNano\":\"1795224600000000000\",\"endTimeUnixNano\":\"1795224601000000000\"";

    /// <summary>A line with these spans of one process.</summary>
    public static string Line(string[] spans, string scope = "Shop", string instance = "first") =>
        $$$"""
        {"resourceSpans":[{"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}],"scope":{"name":"{{{scope}}}"}}],"resource":
        {"attributes":[{"key":"service.instance.id","value":{"stringValue":"{{{instance}}}"}}]}}]}
        """.ReplaceLineEndings("") + "\n";

    /// <summary>A span with the last digits of its id and, if it has one, of its parent's.</summary>
    public static string Span(int id, int parent = 0, string trace = Trace, int flags = 0x100, string members = "")
    {
        string parentMember = parent == 0 ? "" : $"\"parentSpanId\":\"{parent:x16}\",";
        return $"{{\"traceId\":\"{trace}\",\"spanId\":\"{id:x16}\",{parentMember}\"flags\":{flags},\"name\":\"s{id}\",{members}{Times}}}";
    }

    public static string Gap(int id, int count, string reason) => Line(
        [
            $$$"""
            {"traceId":"{{{Trace}}}","spanId":"{{{id:x16}}}","name":"gap",{{{Times}}},"attributes":[
            {"key":"ring.gap.count","value":{"intValue":"{{{count}}}"}},{"key":"ring.gap.reason","value":{"stringValue":"{{{reason}}}"}}]}
            """.ReplaceLineEndings(""),
        ],
        scope: "Ring.Tracing");
}
