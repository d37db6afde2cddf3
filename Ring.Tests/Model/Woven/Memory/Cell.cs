namespace Ring.Tests.Model.Woven.Memory;

/// <summary>What the weaver takes for a cell: a struct of a folder of this name.</summary>
internal struct Cell
{
    private long _value;

    public static Cell Of(long value) => new() { _value = value };

    public readonly long Read() => _value;
}
