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
        Source = source;
        EncodeScope(source);
    }

    public ActivitySource Source { get; }

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
        _scope.Append(",\"scope\":{\"name\":"u8);
        _scope.AppendJson(source.Name, OtlpLimits.TextCharacters);
        if (!string.IsNullOrEmpty(source.Version))
        {
            _scope.Append(",\"version\":"u8);
            _scope.AppendJson(source.Version!, OtlpLimits.TextCharacters);
        }

        OtlpAttributes.Append(_scope, AttributesOf(source), OtlpLimits.ScopeContent);
        _scope.Append((byte)'}');
        if (string.IsNullOrEmpty(source.TelemetrySchemaUrl))
            return;

        _scope.Append(",\"schemaUrl\":"u8);
        _scope.AppendJson(source.TelemetrySchemaUrl!, OtlpLimits.TextCharacters);
    }

    private static BoundedList<KeyValuePair<string, object?>> AttributesOf(ActivitySource source)
    {
        BoundedList<KeyValuePair<string, object?>> attributes = new(0, SpanLimits.Attributes);
        foreach (KeyValuePair<string, object?> tag in source.Tags ?? [])
            attributes.Add(in tag);

        return attributes;
    }
}
