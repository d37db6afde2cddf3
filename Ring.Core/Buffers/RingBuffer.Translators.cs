namespace Ring.Core;

public sealed partial class RingBuffer<T>
{
    /// <summary>Claims the next sequence, has its event filled and publishes it; waits while the ring is full.</summary>
    /// <param name="translator">Fills the event. When it throws, the event is given up and the caller gets the exception.</param>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="PublishEvent()"/>.</exception>
    public void PublishEvent(EventTranslator<T> translator)
    {
        CheckNotNull(translator, nameof(translator));
        using PublishingScope<T> scope = PublishEvent();
        translator(ref scope.Event, scope.Sequence);
        scope.Commit();
    }

    /// <summary>As <see cref="PublishEvent(EventTranslator{T})"/>, with something to fill the event with.</summary>
    /// <param name="translator">Fills the event. When it throws, the event is given up and the caller gets the exception.</param>
    /// <param name="arg">What the translator is given.</param>
    /// <typeparam name="TArg">What the event is filled with; a tuple for several.</typeparam>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="PublishEvent()"/>.</exception>
    public void PublishEvent<TArg>(EventTranslator<T, TArg> translator, TArg arg)
    {
        CheckNotNull(translator, nameof(translator));
        using PublishingScope<T> scope = PublishEvent();
        translator(ref scope.Event, scope.Sequence, arg);
        scope.Commit();
    }

    /// <summary>As <see cref="PublishEvent(EventTranslator{T})"/>, but never waits.</summary>
    /// <param name="translator">Fills the event. When it throws, the event is given up and the caller gets the exception.</param>
    /// <returns>False when the ring is full or closed: nothing is claimed, and the translator not called.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvent(EventTranslator<T> translator)
    {
        CheckNotNull(translator, nameof(translator));
        if (!TryPublishEvent(out PublishingScope<T> scope))
            return false;
        using (scope)
        {
            translator(ref scope.Event, scope.Sequence);
            scope.Commit();
        }

        return true;
    }

    /// <summary>As <see cref="TryPublishEvent(EventTranslator{T})"/>, with something to fill the event with.</summary>
    /// <param name="translator">Fills the event. When it throws, the event is given up and the caller gets the exception.</param>
    /// <param name="arg">What the translator is given.</param>
    /// <typeparam name="TArg">What the event is filled with; a tuple for several.</typeparam>
    /// <returns>False when the ring is full or closed: nothing is claimed, and the translator not called.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvent<TArg>(EventTranslator<T, TArg> translator, TArg arg)
    {
        CheckNotNull(translator, nameof(translator));
        if (!TryPublishEvent(out PublishingScope<T> scope))
            return false;
        using (scope)
        {
            translator(ref scope.Event, scope.Sequence, arg);
            scope.Commit();
        }

        return true;
    }

    /// <summary>Claims <paramref name="n"/> sequences, has their events filled and publishes all at once; waits for room for all.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="PublishEvents(int)"/>.</exception>
    public void PublishEvents(EventTranslator<T> translator, int n)
    {
        CheckNotNull(translator, nameof(translator));
        using PublishingBatch<T> batch = PublishEvents(n);
        Fill(batch, translator);
        batch.Commit();
    }

    /// <summary>As <see cref="PublishEvents(EventTranslator{T}, int)"/>, an event for each element of an array.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="args">What the translator is given, event by event: from 1 to <see cref="BufferSize"/> elements.</param>
    /// <typeparam name="TArg">What an event is filled with; a tuple for several.</typeparam>
    /// <exception cref="ArgumentNullException">An argument is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many elements. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="PublishEvents(int)"/>.</exception>
    public void PublishEvents<TArg>(EventTranslator<T, TArg> translator, TArg[] args)
    {
        CheckAll(translator, args);
        PublishEvents(translator, args, 0, args.Length);
    }

    /// <summary>As <see cref="PublishEvents(EventTranslator{T}, int)"/>, an event for each element of a part of an array.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="args">What the translator is given, event by event.</param>
    /// <param name="offset">The first element, from 0 to the length of the array.</param>
    /// <param name="count">
    /// From 1 to <see cref="BufferSize"/>, and no more than there are from <paramref name="offset"/> on.
    /// </param>
    /// <typeparam name="TArg">What an event is filled with; a tuple for several.</typeparam>
    /// <exception cref="ArgumentNullException">An argument is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is outside its range. Nothing is claimed.</exception>
    /// <exception cref="RingClosedException">The ring is closed; with the cause if a consumer died.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="PublishEvents(int)"/>.</exception>
    public void PublishEvents<TArg>(EventTranslator<T, TArg> translator, TArg[] args, int offset, int count)
    {
        CheckPart(translator, args, offset, count);
        using PublishingBatch<T> batch = PublishEvents(count);
        Fill(batch, translator, args, offset);
        batch.Commit();
    }

    /// <summary>As <see cref="PublishEvents(EventTranslator{T}, int)"/>, but never waits.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="n">From 1 to <see cref="BufferSize"/>.</param>
    /// <returns>False when there is too little room or the ring is closed: nothing is claimed, and the translator not called.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="translator"/> is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside its range. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvents(EventTranslator<T> translator, int n)
    {
        CheckNotNull(translator, nameof(translator));
        if (!TryPublishEvents(n, out PublishingBatch<T> batch))
            return false;
        using (batch)
        {
            Fill(batch, translator);
            batch.Commit();
        }

        return true;
    }

    /// <summary>As <see cref="PublishEvents{TArg}(EventTranslator{T, TArg}, TArg[])"/>, but never waits.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="args">What the translator is given, event by event: from 1 to <see cref="BufferSize"/> elements.</param>
    /// <typeparam name="TArg">What an event is filled with; a tuple for several.</typeparam>
    /// <returns>False when there is too little room or the ring is closed: nothing is claimed, and the translator not called.</returns>
    /// <exception cref="ArgumentNullException">An argument is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many elements. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvents<TArg>(EventTranslator<T, TArg> translator, TArg[] args)
    {
        CheckAll(translator, args);
        return TryPublishEvents(translator, args, 0, args.Length);
    }

    /// <summary>As <see cref="PublishEvents{TArg}(EventTranslator{T, TArg}, TArg[], int, int)"/>, but never waits.</summary>
    /// <param name="translator">Fills each event. When it throws, all are given up and the caller gets the exception.</param>
    /// <param name="args">What the translator is given, event by event.</param>
    /// <param name="offset">The first element, from 0 to the length of the array.</param>
    /// <param name="count">
    /// From 1 to <see cref="BufferSize"/>, and no more than there are from <paramref name="offset"/> on.
    /// </param>
    /// <typeparam name="TArg">What an event is filled with; a tuple for several.</typeparam>
    /// <returns>False when there is too little room or the ring is closed: nothing is claimed, and the translator not called.</returns>
    /// <exception cref="ArgumentNullException">An argument is null. Nothing is claimed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is outside its range. Nothing is claimed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A single producer has a claim that it has not yet published, or is claiming on another thread. Nothing is claimed.
    /// </exception>
    public bool TryPublishEvents<TArg>(EventTranslator<T, TArg> translator, TArg[] args, int offset, int count)
    {
        CheckPart(translator, args, offset, count);
        if (!TryPublishEvents(count, out PublishingBatch<T> batch))
            return false;
        using (batch)
        {
            Fill(batch, translator, args, offset);
            batch.Commit();
        }

        return true;
    }

    private static void Fill(PublishingBatch<T> batch, EventTranslator<T> translator)
    {
        for (int i = 0; i < batch.Count; i++)
            translator(ref batch[i], batch.FirstSequence + i);
    }

    private static void Fill<TArg>(PublishingBatch<T> batch, EventTranslator<T, TArg> translator, TArg[] args, int offset)
    {
        for (int i = 0; i < batch.Count; i++)
            translator(ref batch[i], batch.FirstSequence + i, args[offset + i]);
    }

    private static void CheckNotNull(object argument, string name)
    {
        if (argument is null)
            throw new ArgumentNullException(name);
    }

    private void CheckAll<TArg>(EventTranslator<T, TArg> translator, TArg[] args)
    {
        CheckNotNull(translator, nameof(translator));
        CheckNotNull(args, nameof(args));
        if (args.Length < 1 || args.Length > BufferSize)
            throw new ArgumentOutOfRangeException(nameof(args), args.Length, $"Must have from 1 to the ring's size, {BufferSize}, elements.");
    }

    private void CheckPart<TArg>(EventTranslator<T, TArg> translator, TArg[] args, int offset, int count)
    {
        CheckNotNull(translator, nameof(translator));
        CheckNotNull(args, nameof(args));
        if ((uint)offset > (uint)args.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"Must be from 0 to the length of the array, {args.Length}.");
        int most = Math.Min(BufferSize, args.Length - offset);
        if (count < 1 || count > most)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Must be from 1 to the ring's size, {BufferSize}, and end within the array, at {args.Length - offset}.");
    }
}
