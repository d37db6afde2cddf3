namespace Ring.Core;

public sealed partial class RingBuffer<T>
{
    /// <summary>
    /// Claims the next sequence and publishes it when the scope is committed; waits while the ring is full. A scope that ends
    /// without <see cref="PublishingScope{T}.Commit"/>, by an exception for example, publishes nothing that a consumer will
    /// handle.
    /// </summary>
    /// <returns>The scope, to be disposed by <c>using</c>.</returns>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published; or as for <see cref="Next(CancellationToken)"/>.
    /// </exception>
    public PublishingScope<T> PublishEvent()
    {
        _single?.ThrowIfClaimIsOpen();
        return new PublishingScope<T>(this, Next());
    }

    /// <summary>As <see cref="PublishEvent()"/>, but waits only until that is cancelled.</summary>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>The scope, to be disposed by <c>using</c>.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published; or as for <see cref="Next(CancellationToken)"/>.
    /// </exception>
    public PublishingScope<T> PublishEvent(CancellationToken cancellationToken)
    {
        _single?.ThrowIfClaimIsOpen();
        return new PublishingScope<T>(this, Next(cancellationToken));
    }

    /// <summary>As <see cref="PublishEvent()"/>, but never waits.</summary>
    /// <param name="scope">The scope, to be disposed when the result is true.</param>
    /// <returns>False when the ring is full or closed: nothing is claimed.</returns>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvent(out PublishingScope<T> scope)
    {
        _single?.ThrowIfClaimIsOpen();
        bool claimed = TryNext(out long sequence);
        scope = claimed ? new PublishingScope<T>(this, sequence) : default;
        return claimed;
    }

    /// <summary>As <see cref="PublishEvent()"/>, but waits no longer than the timeout.</summary>
    /// <param name="timeout">
    /// From zero to <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="scope">The scope, to be disposed when the result is true.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>False when the time was over before there was room: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread; or the timeout is infinite, and as
    /// for <see cref="Next(CancellationToken)"/>. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvent(TimeSpan timeout, out PublishingScope<T> scope, CancellationToken cancellationToken = default)
    {
        _single?.ThrowIfClaimIsOpen();
        bool claimed = TryNext(timeout, out long sequence, cancellationToken);
        scope = claimed ? new PublishingScope<T>(this, sequence) : default;
        return claimed;
    }

    /// <summary>
    /// Claims the next <paramref name="n"/> sequences and publishes them when the scope is committed; waits while there is no
    /// room for all of them. A scope that ends without <see cref="PublishingBatch{T}.Commit"/> publishes nothing that a
    /// consumer will handle.
    /// </summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <returns>The scope, to be disposed by <c>using</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published; or as for <see cref="Next(CancellationToken)"/>.
    /// </exception>
    public PublishingBatch<T> PublishEvents(int n)
    {
        _single?.ThrowIfClaimIsOpen();
        return new PublishingBatch<T>(this, Next(n), n);
    }

    /// <summary>As <see cref="PublishEvents(int)"/>, but waits only until that is cancelled.</summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>The scope, to be disposed by <c>using</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published; or as for <see cref="Next(CancellationToken)"/>.
    /// </exception>
    public PublishingBatch<T> PublishEvents(int n, CancellationToken cancellationToken)
    {
        _single?.ThrowIfClaimIsOpen();
        return new PublishingBatch<T>(this, Next(n, cancellationToken), n);
    }

    /// <summary>As <see cref="PublishEvents(int)"/>, but never waits.</summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="scope">The scope, to be disposed when the result is true.</param>
    /// <returns>False when there is too little room or the ring is closed: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvents(int n, out PublishingBatch<T> scope)
    {
        _single?.ThrowIfClaimIsOpen();
        bool claimed = TryNext(n, out long hi);
        scope = claimed ? new PublishingBatch<T>(this, hi, n) : default;
        return claimed;
    }

    /// <summary>As <see cref="PublishEvents(int)"/>, but waits no longer than the timeout.</summary>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <param name="timeout">
    /// From zero to <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="scope">The scope, to be disposed when the result is true.</param>
    /// <param name="cancellationToken">Ends the wait. One that is cancelled already refuses the claim, also when there is room.</param>
    /// <returns>False when the time was over before there was room: nothing is claimed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number or the timeout is outside its range. Nothing is claimed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread; or the timeout is infinite, and as
    /// for <see cref="Next(CancellationToken)"/>. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvents(int n, TimeSpan timeout, out PublishingBatch<T> scope, CancellationToken cancellationToken = default)
    {
        _single?.ThrowIfClaimIsOpen();
        bool claimed = TryNext(n, timeout, out long hi, cancellationToken);
        scope = claimed ? new PublishingBatch<T>(this, hi, n) : default;
        return claimed;
    }
}
