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

    public bool Has(string key) => IndexOf(key) >= 0;

    public bool Has(string key, string olderKey) => Has(key) || Has(olderKey);

    /// <summary>The value of a tag, which then has its place; null if it is not there.</summary>
    public object? Take(string key)
    {
        int index = IndexOf(key);
        if (index < 0)
            return null;

        _isTaken[index] = true;
        return _span!.Tags[index].Value;
    }

    /// <summary>The value of a tag, by its name of today or the one it had before.</summary>
    public object? Take(string key, string olderKey) => Take(key) ?? Take(olderKey);

    /// <summary>The value of a tag if it is an integer. One that is not stays among the tags without a place.</summary>
    public long? TakeNumber(string key)
    {
        int index = IndexOf(key);
        long? number = index < 0 ? null : NumberOf(_span!.Tags[index].Value);
        if (number is not null)
            _isTaken[index] = true;

        return number;
    }

    /// <summary>A tag that is to be written, because it has no field and is not set again later.</summary>
    public bool IsFree(int index) =>
        !_isTaken[index] && (_span!.Tags[index].Key is not { } key || IndexOf(key) == index);

    public KeyValuePair<string, object?> At(int index) => new(_span!.Tags[index].Key, _span.Tags[index].Value);

    /// <summary>The text of a tag, which keeps its place; null if it is none.</summary>
    public string? TextOf(string key)
    {
        int index = IndexOf(key);
        return index < 0 ? null : _span!.Tags[index].Value as string;
    }

    /// <summary>Of a tag that was set more than once the last value counts.</summary>
    private int IndexOf(string key)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (string.Equals(_span!.Tags[i].Key, key, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private static long? NumberOf(object? value) => value switch
    {
        int number => number,
        long number => number,
        uint number => number,
        _ => null,
    };
}
