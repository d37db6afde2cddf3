using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// The threads of a run. They wait to be let go together, and a failure of one is thrown to whoever joins them. With <c>--pin</c> each is
/// bound to the next processor.
/// </summary>
internal sealed class Crew : IDisposable
{
    private static int[]? _processors;
    private static int _next;

    private readonly ManualResetEventSlim _go = new();
    private readonly List<Thread> _threads = [];
    private volatile Exception? _failure;

    /// <summary>Binds the threads of all runs to processors, one after the other. To be called before the first one.</summary>
    public static void Pin() => _processors = [.. Enumerable.Range(0, Environment.ProcessorCount)];

    /// <summary>A thread that is bound if asked for; also what a disruptor makes its consumers with.</summary>
    public static Thread NewThread(ThreadStart run)
    {
        if (_processors is not { } processors)
            return new Thread(run) { IsBackground = true };

        int processor = processors[(int)((uint)Interlocked.Increment(ref _next) % (uint)processors.Length)];
        return new ConsumerThreadFactory("Ring.Benchmarks", ThreadPriority.Normal, [processor]).Create(run);
    }

    /// <summary>Starts a thread, which waits for <see cref="Go"/>.</summary>
    public void Add(Action work)
    {
        Thread thread = NewThread(() =>
        {
            _go.Wait();
            Guard(work);
        });
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>Starts a thread that waits for nobody.</summary>
    public void AddRunning(Action work)
    {
        Thread thread = NewThread(() => Guard(work));
        _threads.Add(thread);
        thread.Start();
    }

    public void Go() => _go.Set();

    public void Join()
    {
        _threads.ForEach(static thread => thread.Join());
        if (_failure is { } failure)
            throw new InvalidOperationException("A thread of the run failed.", failure);
    }

    public void Dispose() => _go.Dispose();

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }
}
