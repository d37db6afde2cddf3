namespace Ring.Core;

/// <summary>Positions that stay together, and how far the slowest of them is.</summary>
/// <remarks>
/// For those who ask, as <see cref="SequenceGroup"/>. Thread safety: every member may be called by every thread.
/// </remarks>
public sealed class FixedSequenceGroup
{
    private readonly Sequence[] _members;

    /// <summary>A group of these.</summary>
    /// <param name="sequences">The sequences; later changes of the array do not count.</param>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    public FixedSequenceGroup(params Sequence[] sequences) => _members = [.. Sequence.Checked(sequences, nameof(sequences))];

    /// <summary>
    /// The position of the slowest, read with acquire; <see cref="long.MaxValue"/> when there is none. Stale when it returns.
    /// </summary>
    public long Value => GatingSequences.Minimum(_members, long.MaxValue);

    /// <summary>How many there are.</summary>
    public int Count => _members.Length;

    /// <summary>Returns the position of the slowest as text.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
