using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>A pool over a ring, with threads that end with the test.</summary>
internal sealed class PoolFixture<T> : IDisposable
    where T : ITestEvent, new()
{
    /// <summary>A pool that gates its ring.</summary>
    public PoolFixture(RingBuffer<T> ring, params IWorkHandler<T>[] handlers)
        : this(ring, new FatalExceptionHandler<T>(), handlers)
    {
    }

    /// <summary>A pool of recording workers that gates its ring.</summary>
    public PoolFixture(RingBuffer<T> ring, int workers, IExceptionHandler<T>? exceptions = null)
        : this(ring, exceptions ?? new FatalExceptionHandler<T>(), [.. Enumerable.Range(0, workers).Select(_ => new RecordingWorker<T>())])
    {
    }

    private PoolFixture(RingBuffer<T> ring, IExceptionHandler<T> exceptions, IWorkHandler<T>[] handlers)
    {
        Ring = ring;
        Workers = [.. handlers.OfType<RecordingWorker<T>>()];
        Pool = new WorkerPool<T>(ring, [], exceptions, handlers);
        ring.AddGatingSequences([.. Pool.Sequences]);
    }

    public RingBuffer<T> Ring { get; }

    public WorkerPool<T> Pool { get; }

    public RecordingWorker<T>[] Workers { get; }

    /// <summary>What the workers were given, all together, in ascending order.</summary>
    public long[] Handled => [.. Workers.SelectMany(worker => worker.Sequences).Order()];

    public void Start() => Pool.Start(run => new Thread(run) { IsBackground = true });

    public void MustEnd() => Eventually.Holds(() => !Pool.IsRunning, "the workers have ended");

    /// <summary>Each of the first events went to one worker, complete, and each worker had its own in order.</summary>
    public void MustHaveHandled(int events)
    {
        Assert.That(Handled, Is.EqualTo(RingExtensions.Range(0, events)));
        foreach (RecordingWorker<T> worker in Workers)
        {
            Assert.That(worker.Sequences, Is.Ordered);
            Assert.That(worker.Values, Is.EqualTo(worker.Sequences));
        }
    }

    public void Dispose()
    {
        Ring.Close();
        Pool.Halt();
        MustEnd();
    }
}
