using System.Globalization;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>What produced spans: a process of a service.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedResource
{
    internal LoggedResource(JsonElement json)
    {
        Attributes = OtlpJsonReader.Attributes(json);
        ServiceName = TextOf("service.name");
        // The instance is of one process alone. Other writers leave it out: then the process id has to do.
        string instance = TextOf("service.instance.id");
        Process = instance.Length > 0 ? instance : $"{ServiceName}/{TextOf("host.name")}/{TextOf("process.pid")}";
    }

    /// <summary>The attributes, by name; see <see cref="LoggedSpan.Attributes"/> for the types of their values.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>The name of the service; empty if the resource has none.</summary>
    public string ServiceName { get; }

    /// <summary>What the processes are told apart by.</summary>
    internal string Process { get; }

    private string TextOf(string key) =>
        Attributes.TryGetValue(key, out object? value) ? Convert.ToString(value, CultureInfo.InvariantCulture)! : string.Empty;
}
