using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>What runs a stage: a processor, or a pool with threads of its own.</summary>
/// <param name="Sequences">How far it is.</param>
/// <param name="Run">Runs it until it is halted.</param>
/// <param name="Halt">Ends the run.</param>
internal sealed record StageRunner(Sequence[] Sequences, Action Run, Action Halt)
{
    public long Position => GatingSequences.Minimum(Sequences, long.MaxValue);

    public static StageRunner OfHandler<T>(
        RingBuffer<T> ring, Sequence[] upstream, IExceptionHandler<T> exceptions, IEventHandler<T> handler)
    {
        BatchEventProcessor<T> processor = new(ring, ring.NewBarrier(upstream), handler);
        processor.SetExceptionHandler(exceptions);
        return new StageRunner([processor.Sequence], processor.Run, processor.Halt);
    }

    public static StageRunner OfPool<T>(
        RingBuffer<T> ring, Sequence[] upstream, IExceptionHandler<T> exceptions, IWorkHandler<T>[] workers)
    {
        WorkerPool<T> pool = new(ring, upstream, exceptions, workers);
        return new StageRunner([.. pool.Sequences], () => RunThreads(pool), pool.Halt);
    }

    private static void RunThreads<T>(WorkerPool<T> pool)
    {
        List<Thread> threads = [];
        pool.Start(run =>
        {
            threads.Add(new Thread(run) { IsBackground = true });
            return threads[^1];
        });
        threads.ForEach(thread => thread.Join());
    }
}
