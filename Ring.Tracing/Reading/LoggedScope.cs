using System.Diagnostics;
using System.Text.Json;

namespace Ring.Tracing;

/// <summary>What spans were made with: an <see cref="ActivitySource"/>.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public sealed class LoggedScope
{
    internal LoggedScope(JsonElement scopeSpans)
    {
        JsonElement scope = OtlpJsonReader.Member(scopeSpans, "scope");
        Name = OtlpJsonReader.Text(scope, "name");
        Version = OtlpJsonReader.Text(scope, "version");
        Attributes = OtlpJsonReader.Attributes(scope);
        SchemaUrl = OtlpJsonReader.Text(scopeSpans, "schemaUrl");
    }

    /// <summary>The name of the source.</summary>
    public string Name { get; }

    /// <summary>The version of the source; empty if it has none.</summary>
    public string Version { get; }

    /// <summary>The tags of the source, by name; see <see cref="LoggedSpan.Attributes"/> for the types of their values.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>The address of the schema that the spans follow; empty if none is named.</summary>
    public string SchemaUrl { get; }
}
