using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// What is counted together within one service: the spans of one name and kind, of a load test or not, with equal values of
/// chosen attributes.
/// </summary>
/// <remarks>
/// Not thread-safe: the drain thread owns it. One key is read from each span, to look up the row; a key in the table is a copy of
/// it that never changes.
/// </remarks>
internal sealed class StatisticKey(int attributeCount) : IEquatable<StatisticKey>
{
    private readonly StatisticValue[] _values = new StatisticValue[attributeCount];
    private int _hash;

    public string Name { get; private set; } = string.Empty;

    public ActivityKind Kind { get; private set; }

    public bool IsLoadTest { get; private set; }

    /// <summary>The values of the chosen attributes, in their order.</summary>
    public IReadOnlyList<StatisticValue> Values => _values;

    /// <summary>Becomes the key of this span, without allocating for it.</summary>
    public void Read(SpanEvent span, StatisticKeyParts parts)
    {
        Name = parts.HasName ? span.Name : string.Empty;
        // An enum takes any number; what .NET has no name for is written as internal.
        bool hasKind = parts.HasKind && span.Kind is >= ActivityKind.Internal and <= ActivityKind.Consumer;
        Kind = hasKind ? span.Kind : ActivityKind.Internal;
        IsLoadTest = span.IsLoadTest;
        int hash = LimitedText.HashOf(Name);
        for (int i = 0; i < _values.Length; i++)
        {
            int tag = span.IndexOfTag(parts.Attributes[i]);
            _values[i] = tag < 0 ? StatisticValue.Of(null) : StatisticValue.Of(in span.Tags[tag]);
            hash = unchecked((hash * 31) + _values[i].GetHashCode());
        }

        _hash = unchecked((hash * 31) + ((int)Kind << 1) + (IsLoadTest ? 1 : 0));
    }

    /// <summary>A copy to keep, which holds no more of the application's texts than is written.</summary>
    public StatisticKey Keep()
    {
        StatisticKey copy = new(_values.Length)
        {
            Name = LimitedText.Cut(Name),
            Kind = Kind,
            IsLoadTest = IsLoadTest,
            _hash = _hash,
        };
        for (int i = 0; i < _values.Length; i++)
            copy._values[i] = _values[i].Keep();

        return copy;
    }

    public bool Equals(StatisticKey? other) =>
        other is not null
        && _hash == other._hash
        && Kind == other.Kind
        && IsLoadTest == other.IsLoadTest
        && LimitedText.AreEqual(Name, other.Name)
        && HasValuesOf(other);

    public override bool Equals(object? obj) => Equals(obj as StatisticKey);

    public override int GetHashCode() => _hash;

    private bool HasValuesOf(StatisticKey other)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (!_values[i].Equals(other._values[i]))
                return false;
        }

        return true;
    }
}
