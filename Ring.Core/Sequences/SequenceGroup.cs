namespace Ring.Core;

/// <summary>Positions that come and go, and how far the slowest of them is.</summary>
/// <remarks>
/// For those who ask. To make producers or consumers wait for several positions, hand these over one by one: a ring's gating
/// sequences are such a group by themselves, and a barrier takes any number.
/// Thread safety: every member may be called by every thread.
/// </remarks>
public sealed class SequenceGroup
{
    private readonly GatingSequences _members = new();

    /// <summary>
    /// The position of the slowest, read with acquire; <see cref="long.MaxValue"/> when there is none. Stale when it returns.
    /// </summary>
    public long Value => GatingSequences.Minimum(_members.Snapshot, long.MaxValue);

    /// <summary>How many there are.</summary>
    public int Count => _members.Snapshot.Length;

    /// <summary>Adds a sequence where it stands, unless it is there: before whoever moves it is running.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sequence"/> is null.</exception>
    public void Add(Sequence sequence) => _members.Replace([], Checked(sequence));

    /// <summary>Adds a sequence and moves it to the cursor, while the others are running.</summary>
    /// <param name="cursored">Where it begins: the ring, for example.</param>
    /// <param name="sequence">The position of a consumer that does not run yet.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddWhileRunning(ICursored cursored, Sequence sequence)
    {
        if (cursored is null)
            throw new ArgumentNullException(nameof(cursored));
        _members.Add(Checked(sequence), _ => cursored.Cursor);
    }

    /// <summary>Removes a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sequence"/> is null.</exception>
    public bool Remove(Sequence sequence) => _members.Remove(Checked(sequence)[0]);

    /// <summary>Moves all that are members at this moment, one after another.</summary>
    /// <param name="value">The new position.</param>
    public void Set(long value)
    {
        foreach (Sequence member in _members.Snapshot)
            member.Set(value);
    }

    /// <summary>Returns the position of the slowest as text.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Sequence[] Checked(Sequence sequence) =>
        [sequence ?? throw new ArgumentNullException(nameof(sequence))];
}
