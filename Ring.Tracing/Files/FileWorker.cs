#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>
/// One thread of low priority for what may take long: deleting and compressing the old files of all logs that share it, one after
/// the other. The thread is there only while there is something to do.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FileWorker : IDisposable
{
    /// <summary>How long disposal waits for a file that is being compressed to be left as it was.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<FileKeeper> _due = new();
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;

    /// <summary>Whether there is nothing to do, and nothing being done.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _thread is null && _due.Count == 0;
        }
    }

    /// <summary>Has the keeper look after its files soon. Requests that come while one waits already count as one.</summary>
    public void Request(FileKeeper keeper)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || _due.Contains(keeper))
                return;

            _due.Enqueue(keeper);
            if (_thread is null)
                TryStart();
        }
    }

    /// <summary>
    /// Stops after the file that is at hand; a compression is left undone. What remains is for the next start. May be called
    /// again.
    /// </summary>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            StopThread()?.Join(Grace);
        }
        catch (ThreadInterruptedException)
        {
            // Whoever interrupts does not want to wait: the thread ends by itself.
            Thread.CurrentThread.Interrupt();
        }
    }

    private Thread? StopThread()
    {
        lock (_gate)
        {
            _due.Clear();
            return _thread;
        }
    }

    private void TryStart()
    {
        try
        {
            // It outlives the request, or whatever it was, that made the log: it must not keep its AsyncLocals alive.
            using AsyncFlowControl? _ = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
            _thread = new Thread(Run) { IsBackground = true, Name = "Ring.Tracing files", Priority = ThreadPriority.Lowest };
            _thread.Start();
        }
        catch (Exception)
        {
            // No thread is to be had: the next request tries again, and the keepers wait in the queue.
            _thread = null;
        }
    }

    private void Run()
    {
        while (TryTake() is { } keeper)
            keeper.Keep(_stop.Token);
    }

    private FileKeeper? TryTake()
    {
        lock (_gate)
        {
            if (_due.Count > 0)
                return _due.Dequeue();

            _thread = null;
            return null;
        }
    }
}
