using Ring.Core;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>What runs a stage: a processor, or a pool with threads of its own.</summary>
/// <param name="Sequences">How far it is.</param>
/// <param name="Run">Runs it until it is halted.</param>
/// <param name="Halt">Ends the run.</param>
internal sealed record StageRunner(Sequence[] Sequences, Action Run, Action Halt)
{
    public long Position => GatingSequences.Minimum(Sequences, long.MaxValue);

    public static StageRunner Of(RingBuffer<ScenarioEvent> ring, Sequence[] upstream, Stage stage) => stage switch
    {
        StageHandler handler => OfHandler(ring, upstream, handler),
        StagePool pool => OfPool(new WorkerPool<ScenarioEvent>(ring, upstream, pool, pool.CreateWorkers())),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    private static StageRunner OfHandler(RingBuffer<ScenarioEvent> ring, Sequence[] upstream, StageHandler handler)
    {
        BatchEventProcessor<ScenarioEvent> processor = new(ring, ring.NewBarrier(upstream), handler);
        processor.SetExceptionHandler(handler);
        return new StageRunner([processor.Sequence], processor.Run, processor.Halt);
    }

    private static StageRunner OfPool(WorkerPool<ScenarioEvent> pool) => new([.. pool.Sequences], () => RunThreads(pool), pool.Halt);

    private static void RunThreads(WorkerPool<ScenarioEvent> pool)
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
