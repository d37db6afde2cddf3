namespace Ring.Tracing;

/// <summary>
/// What a span was about. SOFATracer has a log with fields of its own for each; here the span's kind and attributes tell.
/// </summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
internal enum SofaComponent
{
    /// <summary>Anything else: the method, and all tags.</summary>
    Other,

    HttpClient,

    HttpServer,

    Database,

    Redis,

    RpcClient,

    RpcServer,

    KafkaSend,

    KafkaReceive,

    /// <summary>A message of another system than Kafka.</summary>
    Message,
}
