using System.Diagnostics;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// The threads of a run. They wait to be let go together, and are waited for, but not for ever: a failure of one, or a run that
/// does not end, is thrown to whoever waits. With <c>--pin</c> each is bound to the next processor.
/// </summary>
internal sealed class Crew : IDisposable
{
    /// <summary>Much longer than any run takes.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static int[]? _processors;
    private static int _next;

    private readonly ManualResetEventSlim _go = new();
    private readonly List<Thread> _threads = [];
    private volatile Exception? _failure;

    /// <summary>Binds the threads of all runs to processors, one after the other. To be called before the first one.</summary>
    public static void Pin() => _processors = ProcessorsOfThisProcess();

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

    /// <exception cref="InvalidOperationException">A thread failed.</exception>
    /// <exception cref="TimeoutException">It has taken too long.</exception>
    public void WaitFor(CountdownEvent isDone) => WaitFor(isDone.Wait);

    /// <inheritdoc cref="WaitFor(CountdownEvent)"/>
    public void Join()
    {
        foreach (Thread thread in _threads)
            WaitFor(thread.Join);

        ThrowIfFailed();
    }

    /// <inheritdoc cref="WaitFor(CountdownEvent)"/>
    /// <param name="isOver">Waits so long, and says whether it is over.</param>
    public void WaitFor(Func<TimeSpan, bool> isOver) => WaitFor(isOver, ThrowIfFailed);

    /// <param name="isOver">Waits so long, and says whether it is over.</param>
    /// <param name="throwIfFailed">What is looked at in between.</param>
    /// <exception cref="TimeoutException">It has taken too long.</exception>
    public static void WaitFor(Func<TimeSpan, bool> isOver, Action throwIfFailed)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!isOver(BetweenLooks))
        {
            throwIfFailed();
            if (waited.Elapsed > Deadline)
                throw new TimeoutException($"The run has not ended in {Deadline}.");
        }
    }

    public void Dispose() => _go.Dispose();

    /// <summary>Not all of the machine's, where something has bound the process to some.</summary>
    private static int[] ProcessorsOfThisProcess()
    {
        using Process process = Process.GetCurrentProcess();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            ulong mask = (ulong)process.ProcessorAffinity;
            return mask != 0
                ? [.. Enumerable.Range(0, 64).Where(processor => (mask >> processor & 1) != 0)]
                : throw new PlatformNotSupportedException("None of the first 64 processors may be used.");
        }

        throw new PlatformNotSupportedException("Threads can be bound to processors on Linux and Windows alone.");
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
            throw new InvalidOperationException("A thread of the run failed.", failure);
    }

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
