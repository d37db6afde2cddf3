#if WOVEN
extern alias shadows;
using Thread = shadows::System.Threading.Thread;
#endif
using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A ring with a pool of workers, as the programs about pools begin; events are worth one more than their sequence.</summary>
internal sealed class PoolBench
{
    private readonly List<Thread> _threads = [];
    private int _done;

    /// <param name="strategy">Of the ring.</param>
    /// <param name="type">Of the ring.</param>
    /// <param name="size">Of the ring.</param>
    /// <param name="workers">How many.</param>
    /// <param name="afterEvent">What each worker does with an event in hand.</param>
    /// <param name="behind">Makes what the pool comes after, if anything.</param>
    /// <param name="failures">What becomes of events that fail; a worker dies when null.</param>
    public PoolBench(
        StrategyCase strategy,
        ProducerType type,
        int size,
        int workers = 2,
        Action<ModelWorker, long>? afterEvent = null,
        Func<RingBuffer<ModelEvent>, Sequence[]>? behind = null,
        IExceptionHandler<ModelEvent>? failures = null)
    {
        Ring = RingBuffer.Create(type, () => new ModelEvent(), size, strategy.Create());
        Workers = [.. Enumerable.Range(0, workers).Select(_ => CreateWorker(afterEvent ?? ((_, _) => { })))];
        Pool = new WorkerPool<ModelEvent>(Ring, behind?.Invoke(Ring) ?? [], failures ?? new FatalExceptionHandler<ModelEvent>(), Workers);
    }

    public RingBuffer<ModelEvent> Ring { get; }

    public ModelWorker[] Workers { get; }

    public WorkerPool<ModelEvent> Pool { get; }

    /// <summary>How many events the workers were given; for when they have ended.</summary>
    public int Handled => Workers.Sum(worker => worker.Values.Count);

    public PoolBench Gate()
    {
        Ring.AddGatingSequences([.. Pool.Sequences]);
        return this;
    }

    public void Publish()
    {
        long sequence = Ring.Next();
        Ring[sequence].Fill(sequence + 1);
        Ring.Publish(sequence);
    }

    public void Start() => Pool.Start(run =>
    {
        Thread thread = new(run) { Name = $"worker {_threads.Count}" };
        _threads.Add(thread);
        return thread;
    });

    /// <summary>For a worker that is done with an event: halts the pool if that was the last.</summary>
    public void HaltAfter(int events)
    {
        if (Machine.Outside(() => ++_done) == events)
            Pool.Halt();
    }

    public void Join() => _threads.ForEach(thread => thread.Join());

    /// <summary>Each of the first events was handled by one worker, and each worker has seen its own in order.</summary>
    public void RequireAllHandled(int events)
    {
        IEnumerable<long> values = Workers.SelectMany(worker => worker.Values).Order();
        Machine.Require(values.SequenceEqual(Enumerable.Range(1, events).Select(i => (long)i)), "each event is handled by one worker");
        Machine.Require(Workers.All(worker => worker.Values.SequenceEqual(worker.Values.Order())), "a worker's events are in order");
    }

    private static ModelWorker CreateWorker(Action<ModelWorker, long> afterEvent)
    {
        ModelWorker worker = null!;
        worker = new ModelWorker { AfterEvent = sequence => afterEvent(worker, sequence) };
        return worker;
    }
}
