namespace Ring.Tracing;

/// <summary>Names of fields in SOFATracer's lines, and which attributes go by which of them.</summary>
/// <remarks>Thread-safe: it has no state that changes.</remarks>
internal static class SofaNames
{
    /// <summary>What precedes the key of a tag that is named like a field, or that begins with this itself.</summary>
    public const string TagPrefix = "tag.";

    public const string ParentSpanId = "parent.span.id";
    public const string SpanName = "span.name";
    public const string Error = "error";
    public const string DroppedTags = "dropped.tags";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "time", "local.app", "traceId", "spanId", "span.kind", "result.code", "current.thread.name", "time.cost.milliseconds",
        "request.url", "method", "req.size.bytes", "resp.size.bytes", "remote.app", Error,
        "database.name", "sql", "connection.establish.span", "db.execute.cost", "database.type", "database.endpoint", "db.type",
        "protocol", "service", "invoke.type", "remote.host", "remote.port", "local.host",
        "client.serialize.time", "client.deserialize.time", "server.serialize.time", "server.deserialize.time",
        "kafka.topic", "kafka.partition", "kafka.offset", "msg.topic", "msg.id", "sys.baggage", "biz.baggage",
        ParentSpanId, SpanName, DroppedTags,
    };

    private static readonly Dictionary<string, string> FieldOfAttribute = new(StringComparer.Ordinal)
    {
        ["http.request.method"] = "method",
        ["http.method"] = "method",
        ["rpc.method"] = "method",
        ["url.full"] = "request.url",
        ["http.url"] = "request.url",
        ["url.path"] = "request.url",
        ["http.route"] = "request.url",
        ["http.response.status_code"] = "result.code",
        ["http.status_code"] = "result.code",
        ["service.peer.name"] = "remote.app",
        ["peer.service"] = "remote.app",
        ["db.namespace"] = "database.name",
        ["db.name"] = "database.name",
        ["db.query.text"] = "sql",
        ["db.statement"] = "sql",
        ["db.system.name"] = "database.type",
        ["db.system"] = "database.type",
        ["rpc.system.name"] = "protocol",
        ["rpc.system"] = "protocol",
        ["rpc.service"] = "service",
        ["server.address"] = "remote.host",
        ["messaging.destination.name"] = "msg.topic",
    };

    /// <summary>What to put before the key of a tag, so that no two members of a line have one name.</summary>
    public static string PrefixOf(string key) =>
        Reserved.Contains(key) || key.StartsWith(TagPrefix, StringComparison.Ordinal) ? TagPrefix : string.Empty;

    /// <summary>The names of attributes in the key of a statistic line, each once, as they are written in JSON.</summary>
    public static byte[][] OfKeys(string[] attributes)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        return [.. attributes.Select(attribute => Escaped(OfKey(attribute, used)))];
    }

    /// <summary>Of attributes that go by the same name, the first one gets it.</summary>
    private static string OfKey(string attribute, HashSet<string> used)
    {
        if (FieldOfAttribute.TryGetValue(attribute, out string? field) && used.Add(field))
            return field;

        return PrefixOf(attribute) + attribute;
    }

    private static byte[] Escaped(string name)
    {
        Utf8Buffer buffer = new(name.Length + 1);
        buffer.AppendJsonContent(name, name.Length);
        return buffer.Bytes.AsSpan(0, buffer.Length).ToArray();
    }
}
