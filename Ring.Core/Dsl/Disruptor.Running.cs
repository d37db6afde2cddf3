namespace Ring.Core.Dsl;

/// <content>Handlers that come and go while the others run.</content>
public sealed partial class Disruptor<T>
{
    /// <summary>
    /// Adds a handler while the others run, on a thread of its own: from its first event on, it sees every one. Every thread may
    /// call this, a handler's too.
    /// </summary>
    /// <param name="handler">The handler, which is not there yet.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="options">How it is to be treated; read here and now, nothing special when null.</param>
    /// <returns>The group, to put others after it by <see cref="EventHandlerGroup{T}.AddHandler"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null. Nothing is added.</exception>
    /// <exception cref="ArgumentException">The handler is there already. Nothing is added.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is unknown. Nothing is added.</exception>
    /// <exception cref="RingClosedException">The ring is closed. Nothing is added.</exception>
    /// <exception cref="InvalidOperationException">
    /// The disruptor was not started, or was halted, or the thread factory returned null or a started thread. Nothing is added.
    /// </exception>
    public EventHandlerGroup<T> AddHandler(IEventHandler<T> handler, StartPosition start = StartPosition.Latest, ConsumerOptions<T>? options = null) =>
        _nobody.AddHandler(handler, start, options);

    /// <summary>
    /// Takes a handler out while the others run: lets it handle what was published before, up to the first claim that was not, tells it
    /// to stop after the batch in hand, waits until its thread has ended, and lets it hold up producers no more.
    /// </summary>
    /// <remarks>
    /// Those that the disruptor does not know, such as pollers and barriers of your own, must not wait for it any more: it does not
    /// move again. Of what a stage before it that is dead has not handled it handles nothing.
    /// </remarks>
    /// <param name="handler">A handler that was added, or a processor; one of a worker pool stands for the pool.</param>
    /// <param name="drain">
    /// How long it may go on with what was published before: zero or more and at most <see cref="int.MaxValue"/> milliseconds, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>. For the end of the thread there is no limit, because a handler must not see a slot
    /// that is another event's by then.
    /// </param>
    /// <returns>
    /// How many sequences there are from the first that it has not handled up to the last that was published, without a gap, before the
    /// call: 0 when it was given the time. A pool of which a worker has died may have handled some of them.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null. Nothing happens.</exception>
    /// <exception cref="ArgumentException">It was not added, or is removed. Nothing happens.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is outside its range. Nothing happens.</exception>
    /// <exception cref="InvalidOperationException">
    /// The disruptor was not started, or was halted; or other handlers come after this one; or another thread is removing it; or
    /// the caller is a handler, which might wait for itself. Nothing happens.
    /// </exception>
    /// <exception cref="ThreadInterruptedException">The caller was interrupted. The handler may be halted, and can be removed again.</exception>
    public long RemoveHandler(object handler, TimeSpan drain)
    {
        Deadline.Check(drain, nameof(drain));
        ThrowIfOnHandlerThread(nameof(RemoveHandler));

        Consumer leaving = _graph.Dismiss(handler ?? throw new ArgumentNullException(nameof(handler)));
        try
        {
            // Of a pool from what it has taken: the position of a worker may fall for a moment.
            long published = RingBuffer.HighestPublishedFrom(GatingSequences.MinimumOfRising(leaving.Sequences, long.MaxValue) + 1);
            Drain(leaving, published, Deadline.After(drain));
            leaving.Halt();
            leaving.Join(Deadline.Never);
            _graph.TakeOut(leaving);
            return leaving.LeftOf(published);
        }
        catch
        {
            // An interrupt: what was begun can be done again.
            _graph.Keep(leaving);
            throw;
        }
    }

    private void Drain(Consumer leaving, long published, Deadline deadline)
    {
        SpinWait spinner = default;
        while (leaving.IsBehind(published) && !deadline.HasPassed && !_graph.IsHeldUp(leaving, published))
            spinner.SpinOnce();
    }
}
