using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// The spans of one <see cref="ActivitySource"/> in the line that is being collected, and its scope, encoded once.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class OtlpScope
{
    private const int UsualSize = 4 * 1024;

    private readonly Utf8Buffer _scope = new(256);

    public OtlpScope(ActivitySource source)
    {
        Key = source;
        EncodeScope(source);
    }

    /// <summary>For spans that were recorded without a source.</summary>
    public OtlpScope(string name)
    {
        Key = name;
        EncodeName(name);
        _scope.Append((byte)'}');
    }

    /// <summary>The source, or the name when there is none.</summary>
    public object Key { get; }

    /// <summary>The spans collected, separated by commas.</summary>
    public Utf8Buffer Spans { get; } = new(UsualSize);

    /// <summary>How many bytes the scope takes beside its spans.</summary>
    public int ScopeBytes => _scope.Length;

    /// <summary>Appends the <c>ScopeSpans</c> object and forgets the spans.</summary>
    public void Complete(Utf8Buffer output)
    {
        // The spans come first: readers tell files apart by their first kilobyte, and scopes are the same in every file.
        output.Append("{\"spans\":["u8);
        output.Append(Spans);
        output.Append((byte)']');
        output.Append(_scope);
        output.Append((byte)'}');
        Spans.Clear();
    }

    private void EncodeScope(ActivitySource source)
    {
        EncodeName(source.Name);
        if (!string.IsNullOrEmpty(source.Version))
        {
            _scope.Append(",\"version\":"u8);
            _scope.AppendJson(source.Version!, OtlpLimits.TextCharacters);
        }

        OtlpAttributes.Append(_scope, AttributesOf(source), OtlpRoom.Of(_scope, OtlpLimits.ScopeContent));
        _scope.Append((byte)'}');
        if (string.IsNullOrEmpty(source.TelemetrySchemaUrl))
            return;

        _scope.Append(",\"schemaUrl\":"u8);
        _scope.AppendJson(source.TelemetrySchemaUrl!, OtlpLimits.TextCharacters);
    }

    private void EncodeName(string name)
    {
        _scope.Append(",\"scope\":{\"name\":"u8);
        _scope.AppendJson(name, OtlpLimits.TextCharacters);
    }

    private static BoundedList<SpanTag> AttributesOf(ActivitySource source)
    {
        BoundedList<SpanTag> attributes = new(0, SpanLimits.Attributes);
        foreach (KeyValuePair<string, object?> tag in source.Tags ?? [])
            attributes.Add(new SpanTag(tag.Key, tag.Value));

        return attributes;
    }
}
