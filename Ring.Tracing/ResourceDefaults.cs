using System.Diagnostics;
using System.Reflection;

namespace Ring.Tracing;

/// <summary>
/// What the environment says about the service, as the OpenTelemetry specification has it: <c>OTEL_SERVICE_NAME</c>, and
/// <c>OTEL_RESOURCE_ATTRIBUTES</c> as pairs <c>key=value</c> with commas between, values percent-encoded. A pair that is none is
/// passed over.
/// </summary>
internal static class ResourceDefaults
{
    private const string NameKey = "service.name";
    private const string VersionKey = "service.version";

    // One for the life of the process, as the attribute service.instance.id wants it.
    private static readonly string InstanceId = Guid.NewGuid().ToString();

    public static string ServiceName
    {
        get
        {
            string? name = Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME");
            if (!string.IsNullOrWhiteSpace(name))
                return name!;

            return Pairs().TryGetValue(NameKey, out string? value) && value.Length > 0
                ? value
                : Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";
        }
    }

    public static Dictionary<string, string> NewAttributes()
    {
        Dictionary<string, string> attributes = Pairs();
        _ = attributes.Remove(NameKey);
        if (!attributes.ContainsKey(VersionKey) && Assembly.GetEntryAssembly()?.GetName().Version is { } version)
            attributes[VersionKey] = version.ToString();

        return attributes;
    }

    /// <summary>The attributes of every record: those of the options, and ours that are not among them.</summary>
    public static List<KeyValuePair<string, object?>> Resource(string serviceName, IDictionary<string, string> attributes)
    {
        using Process process = Process.GetCurrentProcess();
        Dictionary<string, object?> all = new(StringComparer.Ordinal)
        {
            [NameKey] = serviceName,
            ["service.instance.id"] = InstanceId,
            ["process.pid"] = process.Id,
        };
        foreach (KeyValuePair<string, string> attribute in attributes)
            all[attribute.Key] = attribute.Value;

        return [.. all];
    }

    private static Dictionary<string, string> Pairs()
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string pair in (Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES") ?? string.Empty).Split(','))
        {
            int equals = pair.IndexOf('=');
            if (equals > 0 && pair.Substring(0, equals).Trim() is { Length: > 0 } key)
                pairs[key] = Uri.UnescapeDataString(pair.Substring(equals + 1).Trim());
        }

        return pairs;
    }
}
