namespace Ring.Tracing;

/// <summary>The tags of a span, and which of them have found a field.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaTags
{
    private SpanEvent? _span;
    private bool[] _isTaken = new bool[SpanLimits.UsualAttributes];

    public int Count => _span!.Tags.Count;

    /// <summary>Becomes the tags of this span, of which none is taken.</summary>
    public void Read(SpanEvent span)
    {
        _span = span;
        if (_isTaken.Length < span.Tags.Count)
            _isTaken = new bool[span.Tags.Count];
        else
            Array.Clear(_isTaken, 0, span.Tags.Count);
    }

    /// <summary>Lets go of the span.</summary>
    public void Clear() => _span = null;

    public bool Has(string key) => _span!.IndexOfTag(key) >= 0;

    public bool Has(string key, string olderKey) => Has(key) || Has(olderKey);

    /// <summary>A tag, which then has its place; one without a value if it is not there.</summary>
    public SpanTag Take(string key)
    {
        int index = _span!.IndexOfTag(key);
        if (index < 0)
            return default;

        _isTaken[index] = true;
        return _span.Tags[index];
    }

    /// <summary>A tag, by its name of today or the one it had before.</summary>
    public SpanTag Take(string key, string olderKey) => Take(key) is { HasValue: true } tag ? tag : Take(olderKey);

    /// <summary>The value of a tag if it is an integer. One that is not stays among the tags without a place.</summary>
    public long? TakeNumber(string key)
    {
        int index = _span!.IndexOfTag(key);
        long? number = index < 0 ? null : NumberOf(in _span.Tags[index]);
        if (number is not null)
            _isTaken[index] = true;

        return number;
    }

    /// <summary>A tag that is to be written, because it has no field and is not set again later.</summary>
    public bool IsFree(int index) =>
        !_isTaken[index] && (At(index).Key is not { } key || _span!.IndexOfTag(key) == index);

    public ref readonly SpanTag At(int index) => ref _span!.Tags[index];

    /// <summary>The text of a tag, which keeps its place; null if it is none.</summary>
    public string? TextOf(string key)
    {
        int index = _span!.IndexOfTag(key);
        return index < 0 ? null : At(index).Text;
    }

    private static long? NumberOf(in SpanTag tag) => tag.IsInteger(out long integer) ? integer : tag.Value switch
    {
        int number => number,
        long number => number,
        uint number => number,
        _ => null,
    };
}
