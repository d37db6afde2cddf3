namespace Ring.Core;

/// <summary>A processor and the thread that runs it.</summary>
/// <remarks>Thread safety: for the one thread at a time that starts and ends it.</remarks>
internal sealed class ProcessorThread(IEventProcessor processor)
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;

    public IEventProcessor Processor => processor;

    public bool IsCurrent => ReferenceEquals(_thread, Thread.CurrentThread);

    /// <summary>Whether it has ended, or never began.</summary>
    // Joined, because only that promises to show what it did.
    public bool HasEnded => Join(millisecondsTimeout: 0);

    /// <summary>Completed when it has ended.</summary>
    public Task End => _end.Task;

    /// <summary>Gets a thread from the factory, which <see cref="Start"/> starts.</summary>
    /// <param name="factory">Makes a thread that is not started.</param>
    /// <param name="fault">Told what the processor has thrown.</param>
    /// <exception cref="InvalidOperationException">The factory returned none, or one that was started.</exception>
    public Thread Create(Func<ThreadStart, Thread> factory, Action<Exception> fault)
    {
        Thread thread = factory(() => Run(fault)) ?? throw new InvalidOperationException("The thread factory returned null.");
        if (!thread.ThreadState.HasFlag(ThreadState.Unstarted))
            throw new InvalidOperationException("The thread factory returned a thread that was started already.");
        return _thread = thread;
    }

    public void Start() => _thread!.Start();

    /// <summary>Waits until it has ended, and says whether it has; one that was never started has.</summary>
    public bool Join(Deadline deadline) => Join(deadline.RemainingMilliseconds);

    /// <summary>If it has not begun, it never will.</summary>
    public void GiveUp()
    {
        if (IsUnstarted)
            _end.TrySetResult(true);
    }

    private bool IsUnstarted => _thread is null || _thread.ThreadState.HasFlag(ThreadState.Unstarted);

    private void Run(Action<Exception> fault)
    {
        try
        {
            processor.Run();
        }
        catch (Exception exception)
        {
            fault(exception);
        }

        _end.TrySetResult(true);
    }

    private bool Join(int millisecondsTimeout)
    {
        if (IsUnstarted)
            return true;
        bool hasEnded = _thread!.Join(millisecondsTimeout);
        // A factory may have made a thread that does not run what it was given.
        if (hasEnded)
            _end.TrySetResult(true);
        return hasEnded;
    }
}
