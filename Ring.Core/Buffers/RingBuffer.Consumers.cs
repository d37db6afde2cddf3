namespace Ring.Core;

/// <content>Who consumes: gates, barriers and pollers.</content>
public sealed partial class RingBuffer<T>
{
    /// <summary>
    /// Makes producers wait for these consumers from now on, also while the ring is in use: the sequences are moved to the
    /// cursor, and everything claimed after that waits for them.
    /// </summary>
    /// <param name="sequences">The positions of the consumers, which must not run yet; one of a pool stands for all of it.</param>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    public void AddGatingSequences(params Sequence[] sequences) => AddGatingSequences(StartPosition.Latest, sequences);

    /// <summary>
    /// Makes producers wait for these consumers from now on, also while the ring is in use: the sequences are moved to where they
    /// are to begin, and from there on every event waits for them.
    /// </summary>
    /// <param name="start">
    /// Where they begin. A consumer that comes after others must not begin before these did; <see cref="NewPoller(StartPosition, Sequence[])"/>
    /// sees to that, here it is up to you.
    /// </param>
    /// <param name="sequences">The positions of the consumers, which must not run yet; one of a pool stands for all of it.</param>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is unknown. Nothing is added.</exception>
    public void AddGatingSequences(StartPosition start, params Sequence[] sequences) =>
        AddGatingSequences(StartPositions.Checked(start, nameof(start)), [], Sequence.Checked(sequences, nameof(sequences)));

    /// <summary>Makes producers wait for this consumer no more, and wakes those that do.</summary>
    /// <param name="sequence">The position of the consumer, which must not run any more; one of a pool stands for all of it.</param>
    /// <returns>Whether they did before.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sequence"/> is null.</exception>
    public bool RemoveGatingSequence(Sequence sequence) =>
        _sequencer.RemoveGatingSequence(sequence ?? throw new ArgumentNullException(nameof(sequence)));

    /// <summary>A barrier for one consumer that runs after those whose positions are given, or first when none is.</summary>
    /// <param name="dependencies">The positions of the consumers to wait for; one of a pool stands for all of it.</param>
    /// <returns>The barrier. Each consumer needs its own.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    public SequenceBarrier NewBarrier(params Sequence[] dependencies) => _sequencer.NewBarrier(Sequence.Checked(dependencies, nameof(dependencies)));

    /// <summary>
    /// A consumer without a thread: it begins behind the cursor, and gates the ring until it is disposed of. Every thread may ask
    /// for one, also while the ring is in use.
    /// </summary>
    /// <param name="dependencies">The positions of the consumers that it comes after; none when it is first.</param>
    /// <returns>The poller, to be disposed of when it polls no more.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    public EventPoller<T> NewPoller(params Sequence[] dependencies) => NewPoller(StartPosition.Latest, dependencies);

    /// <summary>
    /// A consumer without a thread, which gates the ring until it is disposed of. Every thread may ask for one, also while the ring
    /// is in use.
    /// </summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="dependencies">The positions of the consumers that it comes after; none when it is first.</param>
    /// <returns>The poller, to be disposed of when it polls no more.</returns>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null. Nothing is added.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is unknown. Nothing is added.</exception>
    public EventPoller<T> NewPoller(StartPosition start, params Sequence[] dependencies) =>
        new(this, StartPositions.Checked(start, nameof(start)), Sequence.Checked(dependencies, nameof(dependencies)));

    /// <summary>As above, for those that come after others, and must not begin before these have.</summary>
    internal void AddGatingSequences(StartPosition start, Sequence[] dependencies, Sequence[] sequences) =>
        _sequencer.AddGatingSequences(start, dependencies, sequences);

    /// <summary>Gates by consumers that come after others instead of by those, without a moment in between.</summary>
    internal void ReplaceGatingSequences(Sequence[] removed, Sequence[] added) =>
        _sequencer.ReplaceGatingSequences(removed, added);

    /// <summary>Gates by consumers that others came after, now that these leave, without a moment in between.</summary>
    internal void ReturnGatingTo(Sequence[] upstream, Sequence[] leaving) => _sequencer.ReturnGatingTo(upstream, leaving);
}
