namespace Ring.Core.Dsl;

/// <summary>A handler with its processor and its thread.</summary>
/// <remarks>Thread safety: for the thread that configures, starts and ends the disruptor.</remarks>
internal sealed class Consumer<T>(IEventHandler<T> handler, IEventProcessor processor)
{
    private Thread? _thread;

    public IEventHandler<T> Handler => handler;

    public IEventProcessor Processor => processor;

    public bool IsCurrentThread => ReferenceEquals(_thread, Thread.CurrentThread);

    public void CreateThread(Func<ThreadStart, Thread> factory) => _thread = factory(processor.Run)
        ?? throw new InvalidOperationException("The thread factory returned null.");

    public void Start() => _thread!.Start();

    /// <summary>Waits until the thread has ended, and says whether it has; one that was never started has.</summary>
    public bool Join(Deadline deadline) =>
        _thread is null || _thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(deadline.RemainingMilliseconds);
}
