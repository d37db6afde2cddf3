using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>What is counted together within one service: the spans of one name and kind.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal readonly struct StatisticKey(string name, ActivityKind kind) : IEquatable<StatisticKey>
{
    public string Name { get; } = name;

    public ActivityKind Kind { get; } = kind;

    public bool Equals(StatisticKey other) => Kind == other.Kind && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is StatisticKey other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name) ^ ((int)Kind << 24);
}
