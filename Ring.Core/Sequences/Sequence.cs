using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>A consumer's position in a ring, alone on its cache line: the last sequence that it has handled.</summary>
/// <remarks>
/// Thread safety: every member may be called by every thread; by convention a position is moved by its consumer alone.
/// Moving it wakes those who sleep until it moves: downstream consumers and producers in front of a full ring, once they are
/// attached to it by a barrier or as a gating sequence.
/// </remarks>
public sealed class Sequence
{
    /// <summary>The position before the first event, -1.</summary>
    public const long Initial = -1;

    /// <summary>The position of somebody who holds up nobody, beyond every event: of one that has ended, or of a member of a group.</summary>
    internal const long Nowhere = long.MaxValue;

    private readonly Sequence[]? _group;
    private AtomicReference<SkipMarks?> _skips;
    private long _start;
    private PaddedPosition _position;

    /// <summary>Starts at <paramref name="initial"/>.</summary>
    /// <param name="initial">The last position that counts as done; <see cref="Initial"/> when nothing does.</param>
    public Sequence(long initial = Initial)
        : this(initial, null)
    {
    }

    private Sequence(long initial, Sequence[]? group)
    {
        _group = group;
        _start = initial == Nowhere ? Initial : initial;
        _position = new PaddedPosition(initial);
    }

    /// <summary>
    /// The position, read with acquire: whoever sees it also sees everything that was done before it was set.
    /// </summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // FREE acquire: the handlers are done with the slots up to a gating sequence; pairs with Sequence.Set.
            // STAGE acquire: what the upstream stage wrote; pairs with Sequence.Set.
            // MUTUAL acquire: the other's move, after the fence behind one's own; pairs with Sequence.SetFenced.
            return _position.Value.ReadAcquire();
        }
    }

    /// <summary>Moves the position with release: everything done before is visible to whoever sees it.</summary>
    /// <param name="value">
    /// The new position. Positions only grow, except when their owner starts anew, and never beyond what the owner's barrier has let
    /// through: producers would take slots whose events are being written. <see cref="long.MaxValue"/> is none: from then on this
    /// sequence holds up nobody, as if it were not there. Only for one whose owner handles nothing more,
    /// and comes after nobody: those before it gate through it.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long value)
    {
        // FREE release: the handler's last access, before the slot may be claimed again; pairs with Sequence.Value.
        // STAGE release: what this stage wrote, before the next stage reads it; pairs with Sequence.Value.
        _position.Value.WriteRelease(value);
        Notify();
    }

    /// <summary>As <see cref="Set"/>, followed by a full fence: no later load of this thread comes before it.</summary>
    /// <param name="value">The new position.</param>
    public void SetFenced(long value)
    {
        Set(value);
        // MUTUAL fence: the position before what the caller loads next; pairs with Sequence.Value.
        Fence.Full();
    }

    /// <summary>Moves the position if it still is <paramref name="expected"/>; a full fence when it was.</summary>
    /// <param name="expected">The position that the caller saw.</param>
    /// <param name="value">The new position.</param>
    /// <returns>Whether this call moved it.</returns>
    public bool CompareAndSet(long expected, long value)
    {
        // STAGE rmw: as Set, for a position that several threads move; pairs with Sequence.Value.
        bool moved = _position.Value.CompareExchange(expected, value);
        if (moved)
            Notify();
        return moved;
    }

    /// <summary>Moves the position on by one; a full fence.</summary>
    /// <returns>The new position.</returns>
    public long IncrementAndGet() => AddAndGet(1);

    /// <summary>Moves the position on; a full fence.</summary>
    /// <param name="increment">How far.</param>
    /// <returns>The new position.</returns>
    public long AddAndGet(long increment)
    {
        // STAGE rmw: as Set, for a position that several threads move; pairs with Sequence.Value.
        long value = _position.Value.Add(increment);
        Notify();
        return value;
    }

    /// <summary>Moves the position on; a full fence.</summary>
    /// <param name="increment">How far.</param>
    /// <returns>The position before.</returns>
    public long GetAndAdd(long increment) => AddAndGet(increment) - increment;

    /// <summary>The events that its owner has passed by, of those up to the position; null as long as there never was one.</summary>
    // SKIP acquire: the array of marks; pairs with Sequence.Skip.
    internal SkipMarks? Skipped => _skips.ReadAcquire();

    /// <summary>Whether it says by itself how far somebody is, or speaks first for its group.</summary>
    internal bool IsFirstOfGroup => _group is null || ReferenceEquals(_group[0], this);

    /// <summary>
    /// Positions that say how far their owners have come only all together, and when they are read in their order. The first
    /// says where they begin, the rest say nothing until their owners move them. Whoever waits for one of them waits for
    /// all, see <see cref="WithGroups"/>.
    /// </summary>
    internal static Sequence[] NewGroup(int members)
    {
        Sequence[] group = new Sequence[members];
        for (int i = 0; i < members; i++)
            group[i] = new Sequence(i == 0 ? Initial : Nowhere, group);
        return group;
    }

    /// <summary>The same sequences; in the place of a member of a group all its members, in their order, each once.</summary>
    internal static Sequence[] WithGroups(Sequence[] sequences) =>
        [.. sequences.SelectMany(sequence => sequence._group ?? [sequence]).Distinct()];

    /// <summary>Keeps an event of a ring of this size from those who come after the owner; for the owner, before it moves past it.</summary>
    internal void Skip(long sequence, int bufferSize)
    {
        if (Skipped is not { } marks)
        {
            marks = new SkipMarks(bufferSize);
            // SKIP rmw: the array's marks, before the array; pairs with Sequence.Skipped.
            _ = _skips.CompareExchange(null, marks);
        }

        marks.Add(sequence);
    }

    /// <summary>
    /// Where its owner has begun: up to there it has handled nothing. For those to whom the sequence was handed when that was
    /// settled.
    /// </summary>
    internal long Start => _start;

    /// <summary>Says where its owner, who does not run, is to begin; of a group the first member does.</summary>
    internal void BeginAt(long value)
    {
        _start = value;
        if (IsFirstOfGroup)
            Set(value);
    }

    /// <summary>Returns the position as text.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a user has handed over, unless there is something missing.</summary>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    internal static Sequence[] Checked(Sequence[] sequences, string parameterName)
    {
        if (sequences is null)
            throw new ArgumentNullException(parameterName);
        return Array.IndexOf(sequences, null) < 0
            ? sequences
            : throw new ArgumentNullException(parameterName, "One of the sequences is null.");
    }

    /// <summary>Calls <paramref name="listener"/> after every move from now on; the same one is kept once.</summary>
    internal void AddListener(Action listener)
    {
        Action? current;
        Action? updated;
        do
        {
            // LISTEN acquire: the listener's own state; pairs with Sequence.AddListener.
            current = _position.Listeners.ReadAcquire();
            if (current is not null && current.GetInvocationList().Contains(listener))
                return;
            updated = current + listener;
        }
        // LISTEN rmw: the registration, before the fence of the barrier or of the sleeper that asked for it; pairs with Sequence.Notify.
        while (!_position.Listeners.CompareExchange(current, updated));
    }

    internal void RemoveListener(Action listener)
    {
        Action? current;
        do
        {
            // LISTEN acquire: the current list; pairs with Sequence.AddListener.
            current = _position.Listeners.ReadAcquire();
        }
        // LISTEN rmw: one fewer; pairs with Sequence.Notify.
        while (!_position.Listeners.CompareExchange(current, current - listener));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Notify()
    {
        // LISTEN fence: the move before the look for listeners; pairs with ParkingSpot.Announce. So it does with the fence of a new SequenceBarrier.
        Fence.Light();
        // LISTEN acquire: a listener that is seen is complete; pairs with Sequence.AddListener.
        _position.Listeners.ReadAcquire()?.Invoke();
    }
}
