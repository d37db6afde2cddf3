namespace Ring.Core.Dsl;

/// <summary>A handler with its processor and its thread.</summary>
/// <remarks>Thread safety: for the thread that configures, starts and ends the disruptor.</remarks>
internal sealed class Consumer<T>(IEventHandler<T> handler, IEventProcessor processor)
{
    private Thread? _thread;

    public IEventHandler<T> Handler => handler;

    public IEventProcessor Processor => processor;

    public bool IsCurrentThread => ReferenceEquals(_thread, Thread.CurrentThread);

    /// <summary>Gets a thread from the factory, which <see cref="Start"/> starts.</summary>
    /// <exception cref="InvalidOperationException">The factory returned none, or one that was started.</exception>
    public Thread CreateThread(Func<ThreadStart, Thread> factory)
    {
        Thread thread = factory(processor.Run) ?? throw new InvalidOperationException("The thread factory returned null.");
        if (!thread.ThreadState.HasFlag(ThreadState.Unstarted))
            throw new InvalidOperationException("The thread factory returned a thread that was started already.");
        return _thread = thread;
    }

    public void Start() => _thread!.Start();

    /// <summary>Whether it is behind, and will stay so because its thread has ended or was never started.</summary>
    // The thread first: once it has ended, its position is final. Joined, because only that promises to show it.
    public bool IsStuckBefore(long sequence) => Join(millisecondsTimeout: 0) && IsBehind(sequence);

    public bool IsBehind(long sequence) => processor.Sequence.Value < sequence;

    /// <summary>Waits until the thread has ended, and says whether it has; one that was never started has.</summary>
    public bool Join(Deadline deadline) => Join(deadline.RemainingMilliseconds);

    private bool Join(int millisecondsTimeout) =>
        _thread is null || _thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(millisecondsTimeout);
}
