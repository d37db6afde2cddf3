using System.Runtime.ExceptionServices;

namespace Ring.Core;

/// <summary>Several handlers on one thread: each event goes to all of them, in order, and so does every callback.</summary>
/// <remarks>
/// A handler that throws ends the round: those behind it are not told of that event, and the exception handler is asked once.
/// Only <see cref="OnStart"/> and <see cref="OnShutdown"/> tell all of them in any case. Of a batch that is in hand, as much is given
/// back as all those that are <see cref="ISequenceReportingEventHandler{T}"/> have given back. Thread safety: as of its handlers; one thread calls it, that of the processor it was given to.
/// </remarks>
/// <typeparam name="T">The event: a class, or a struct.</typeparam>
public sealed class AggregateEventHandler<T>
    : ISequenceReportingEventHandler<T>, ILifecycleAware, IBatchStartAware, ITimeoutHandler
{
    private readonly IEventHandler<T>[] _handlers;

    /// <summary>How far those that give slots back early have come; each moves its own.</summary>
    private Sequence[] _reported = [];
    private Sequence? _sequence;

    /// <summary>Puts handlers behind one another.</summary>
    /// <param name="handlers">The handlers in their order; none is fine, too.</param>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    public AggregateEventHandler(params IEventHandler<T>[] handlers)
    {
        if (handlers is null)
            throw new ArgumentNullException(nameof(handlers));
        int missing = Array.IndexOf(handlers, null);
        if (missing >= 0)
            throw new ArgumentNullException(nameof(handlers), $"Handler {missing} is null.");
        _handlers = [.. handlers];
    }

    /// <inheritdoc/>
    public void OnEvent(ref T evt, long sequence, bool endOfBatch)
    {
        foreach (IEventHandler<T> handler in _handlers)
            handler.OnEvent(ref evt, sequence, endOfBatch);
        if (_reported.Length > 0)
            GiveBack(sequence);
    }

    /// <inheritdoc/>
    public void OnStart() => Tell(static handler => handler.OnStart());

    /// <inheritdoc/>
    public void OnShutdown() => Tell(static handler => handler.OnShutdown());

    /// <inheritdoc/>
    public void OnBatchStart(long batchSize, long queueDepth)
    {
        foreach (IEventHandler<T> handler in _handlers)
            (handler as IBatchStartAware)?.OnBatchStart(batchSize, queueDepth);
    }

    /// <inheritdoc/>
    public void OnTimeout(long sequence)
    {
        foreach (IEventHandler<T> handler in _handlers)
            (handler as ITimeoutHandler)?.OnTimeout(sequence);
    }

    /// <inheritdoc/>
    public void SetSequenceCallback(Sequence sequence)
    {
        _sequence = sequence;
        ISequenceReportingEventHandler<T>[] reporting = [.. _handlers.OfType<ISequenceReportingEventHandler<T>>()];
        _reported = Array.ConvertAll(reporting, _ => new Sequence(sequence.Value));
        for (int i = 0; i < reporting.Length; i++)
            reporting[i].SetSequenceCallback(_reported[i]);
    }

    /// <summary>All are done with the events before this one, and with this one those who have said so.</summary>
    private void GiveBack(long sequence)
    {
        // STAGE acquire: the handlers' own writes, on this thread; pairs with Sequence.Set.
        long done = GatingSequences.Minimum(_reported, sequence);
        // FREE release: all handlers are done with these slots; pairs with GatingSequences.Minimum.
        if (done > _sequence!.Value)
            _sequence.Set(done);
    }

    private void Tell(Action<ILifecycleAware> callback)
    {
        List<Exception> failures = [];
        foreach (ILifecycleAware handler in _handlers.OfType<ILifecycleAware>())
        {
            try
            {
                callback(handler);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count == 1)
            ExceptionDispatchInfo.Capture(failures[0]).Throw();
        if (failures.Count > 1)
            throw new AggregateException(failures);
    }
}
