using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// The fields that each component has behind the common ones, in SOFATracer's order, and the attributes of the OpenTelemetry
/// conventions that they come from: those of today, and those of before where libraries still set them.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaFields(SofaWriter writer, SofaTags tags)
{
    public SofaComponent ComponentOf(SpanEvent span)
    {
        bool isServer = IsServer(span.Kind);
        if (tags.Has("rpc.system.name", "rpc.system"))
            return isServer ? SofaComponent.RpcServer : SofaComponent.RpcClient;

        if (tags.Has("db.system.name", "db.system"))
            return IsRedis() ? SofaComponent.Redis : SofaComponent.Database;

        if (tags.Has("messaging.system"))
            return MessageOf(span.Kind);

        if (span.Kind is not (ActivityKind.Client or ActivityKind.Server) || !tags.Has("http.request.method", "http.method"))
            return SofaComponent.Other;

        return isServer ? SofaComponent.HttpServer : SofaComponent.HttpClient;
    }

    /// <summary>There are only two sides in SOFATracer, and what happens within a process is on the first.</summary>
    public static bool IsServer(ActivityKind kind) => kind is ActivityKind.Server or ActivityKind.Consumer;

    /// <summary>Whether the component has a field for the error message.</summary>
    public static bool HasError(SofaComponent component) => component
        is SofaComponent.HttpServer or SofaComponent.RpcClient or SofaComponent.RpcServer or SofaComponent.KafkaSend
        or SofaComponent.Message;

    public void Write(SofaComponent component, SpanEvent span)
    {
        switch (component)
        {
            case SofaComponent.HttpClient or SofaComponent.HttpServer:
                WriteHttp(component, span);
                break;
            case SofaComponent.Database:
                WriteDatabase(span);
                break;
            case SofaComponent.Redis:
                writer.Value("db.type"u8, tags.Take("db.system.name", "db.system"));
                writer.Text("method"u8, span.Name);
                break;
            case SofaComponent.RpcClient or SofaComponent.RpcServer:
                WriteRpc(component, span);
                break;
            case SofaComponent.KafkaSend or SofaComponent.KafkaReceive or SofaComponent.Message:
                WriteMessage(component, span);
                break;
            default:
                writer.Text("method"u8, span.Name);
                break;
        }
    }

    private bool IsRedis() =>
        string.Equals(tags.TextOf("db.system.name") ?? tags.TextOf("db.system"), "redis", StringComparison.Ordinal);

    private SofaComponent MessageOf(ActivityKind kind)
    {
        if (!string.Equals(tags.TextOf("messaging.system"), "kafka", StringComparison.Ordinal))
            return SofaComponent.Message;

        return IsServer(kind) ? SofaComponent.KafkaReceive : SofaComponent.KafkaSend;
    }

    private void WriteHttp(SofaComponent component, SpanEvent span)
    {
        bool isServer = component == SofaComponent.HttpServer;
        ReadOnlySpan<byte> unit = isServer ? "B"u8 : default;
        WriteUrl();
        writer.Value("method"u8, tags.Take("http.request.method", "http.method"));
        WriteSizes(
            tags.TakeNumber("http.request.body.size") ?? tags.TakeNumber("http.request_content_length"),
            tags.TakeNumber("http.response.body.size") ?? tags.TakeNumber("http.response_content_length"),
            unit);
        if (isServer)
            WriteError(span);
        else
            writer.Value("remote.app"u8, tags.Take("service.peer.name", "peer.service"));
    }

    /// <summary>Clients say the whole URL. Servers say its parts, and the query is none of SOFATracer's.</summary>
    private void WriteUrl()
    {
        writer.BeginText("request.url"u8);
        if (tags.Take("url.full", "http.url") is { HasValue: true } url)
            writer.AppendValue(url);
        else
            WriteUrlParts();

        writer.EndText();
    }

    private void WriteUrlParts()
    {
        if (tags.Has("url.scheme") && tags.Has("server.address"))
        {
            writer.AppendValue(tags.Take("url.scheme"));
            writer.Append("://");
            WriteEndpoint();
        }

        writer.AppendValue(tags.Take("url.path", "http.target"));
    }

    private void WriteEndpoint()
    {
        writer.AppendValue(tags.Take("server.address", "net.peer.name"));
        if (tags.Take("server.port", "net.peer.port") is not { HasValue: true } port)
            return;

        writer.Append(":");
        writer.AppendValue(port);
    }

    private void WriteDatabase(SpanEvent span)
    {
        writer.Value("database.name"u8, tags.Take("db.namespace", "db.name"));
        writer.Value("sql"u8, tags.Take("db.query.text", "db.statement"));
        writer.Number("connection.establish.span"u8, 0);
        writer.Number("db.execute.cost"u8, span.DurationTicks / TimeSpan.TicksPerMillisecond);
        writer.Value("database.type"u8, tags.Take("db.system.name", "db.system"));
        writer.BeginText("database.endpoint"u8);
        WriteEndpoint();
        writer.EndText();
    }

    private void WriteRpc(SofaComponent component, SpanEvent span)
    {
        bool isServer = component == SofaComponent.RpcServer;
        writer.Value("protocol"u8, tags.Take("rpc.system.name", "rpc.system"));
        writer.Value("service"u8, tags.Take("rpc.service"));
        writer.Value("method"u8, tags.Take("rpc.method"));
        writer.Text("invoke.type"u8, value: null);
        writer.Value("remote.host"u8, isServer ? tags.Take("client.address") : tags.Take("server.address", "net.peer.name"));
        writer.Value("remote.port"u8, isServer ? tags.Take("client.port") : tags.Take("server.port", "net.peer.port"));
        writer.Value("local.host"u8, isServer ? tags.Take("server.address") : tags.Take("client.address"));
        writer.Number(isServer ? "server.serialize.time"u8 : "client.serialize.time"u8, 0);
        writer.Number(isServer ? "server.deserialize.time"u8 : "client.deserialize.time"u8, 0);
        WriteSizes(tags.TakeNumber("rpc.request.size"), tags.TakeNumber("rpc.response.size"));
        WriteError(span);
    }

    private void WriteMessage(SofaComponent component, SpanEvent span)
    {
        bool isKafka = component != SofaComponent.Message;
        writer.Value(isKafka ? "kafka.topic"u8 : "msg.topic"u8, tags.Take("messaging.destination.name", "messaging.destination"));
        if (isKafka)
            writer.Value("kafka.partition"u8, tags.Take("messaging.destination.partition.id", "messaging.kafka.partition"));
        else
            writer.Value("msg.id"u8, tags.Take("messaging.message.id", "messaging.message_id"));

        if (component == SofaComponent.KafkaReceive)
            writer.Value("kafka.offset"u8, tags.Take("messaging.kafka.offset", "messaging.kafka.message.offset"));
        else
            WriteError(span);
    }

    private void WriteSizes(long? request, long? response, ReadOnlySpan<byte> unit = default)
    {
        writer.Number("req.size.bytes"u8, request ?? 0, unit);
        writer.Number("resp.size.bytes"u8, response ?? 0, unit);
    }

    private void WriteError(SpanEvent span)
    {
        if (span.Status != ActivityStatusCode.Error)
            writer.Text("error"u8, value: null);
        else if (string.IsNullOrEmpty(span.StatusDescription))
            writer.Value("error"u8, tags.Take("error.type"));
        else
            writer.Text("error"u8, span.StatusDescription);
    }
}
