namespace Ring.Tracing;

/// <summary>
/// The business baggage of a line, as pairs: the mark of load tests, because that is where SOFATracer looks for it, and the baggage
/// that was captured, which then is no tag.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaBaggage(SofaTags tags, IEnumerable<string> keys, int textLength)
{
    /// <summary>Bytes of pairs in a line at most: the tags want some, too.</summary>
    private const int Limit = OtlpLimits.SpanContent / 4;

    private const string MarkKey = "mark";

    private readonly KeyValuePair<string, string>[] _attributes = CaptureRules.AttributesOf(keys);
    private readonly Utf8Buffer _pairs = new(64);

    public ReadOnlySpan<byte> Pairs => _pairs.Bytes.AsSpan(0, _pairs.Length);

    /// <summary>Pairs that had no room.</summary>
    public int Dropped { get; private set; }

    /// <summary>Takes the baggage of a span from its tags.</summary>
    public void Read(SpanEvent span)
    {
        Dropped = 0;
        _pairs.Clear();
        if (span.IsLoadTest)
            _pairs.Append("mark=T&"u8);

        foreach (KeyValuePair<string, string> attribute in _attributes)
        {
            SpanTag tag = tags.Take(attribute.Value);
            bool isSaid = span.IsLoadTest && string.Equals(attribute.Key, MarkKey, StringComparison.Ordinal);
            if (tag.HasValue && !isSaid && !TryAppend(attribute.Key, ValueText.Of(tag.Value, textLength)))
                Dropped++;
        }
    }

    private bool TryAppend(string key, string? value)
    {
        int start = _pairs.Length;
        _pairs.AppendInPair(key);
        _pairs.Append((byte)'=');
        _pairs.AppendInPair(value ?? string.Empty);
        _pairs.Append((byte)'&');
        if (value is not null && key.Length <= OtlpLimits.TextCharacters && _pairs.Length <= Limit)
            return true;

        _pairs.Truncate(start);
        return false;
    }
}
