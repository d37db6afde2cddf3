namespace Ring.Core;

/// <summary>For handlers that prepare for each batch.</summary>
/// <remarks>Thread safety: the processor's thread calls it, before the first event of the batch.</remarks>
public interface IBatchStartAware
{
    /// <summary>
    /// Called before each batch that has an event to handle, also before one that is handled again after a rewind, and before
    /// what is left of one after an event that failed. What it throws goes to
    /// <see cref="IExceptionHandler{T}.HandleOnBatchStartException"/>, and the batch is handled all the same.
    /// </summary>
    /// <param name="batchSize">
    /// Sequences up to the last event of this batch, 1 or more; those among them count, too, that their producers gave up or that a
    /// stage before has skipped. Never more than <see cref="BatchEventProcessor{T}.MaxBatchSize"/>.
    /// </param>
    /// <param name="queueDepth">Sequences that were available when the batch began: <paramref name="batchSize"/> or more.</param>
    void OnBatchStart(long batchSize, long queueDepth);
}
