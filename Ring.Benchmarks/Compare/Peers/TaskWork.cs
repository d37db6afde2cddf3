namespace Ring.Benchmarks.Compare.Peers;

/// <summary>Asynchronous work, on the threads of the pool: what cannot go on gives its thread back.</summary>
/// <param name="consumers">How many consumers tell when they are done.</param>
internal abstract class TaskWork(int consumers) : IWork
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _tasks = [];

    protected CountdownEvent IsDone { get; } = new(consumers);

    public void Go()
    {
        _go.SetResult();
        Crew.WaitFor(IsDone.Wait, ThrowIfFailed);
    }

    public void Check()
    {
        Task.WaitAll(_tasks);
        CheckConsumers();
    }

    public void Dispose() => IsDone.Dispose();

    /// <summary>Starts work that waits for <see cref="Go"/>.</summary>
    protected void Add(Func<Task> work) => _tasks.Add(Task.Run(async () =>
    {
        await _go.Task.ConfigureAwait(false);
        await work().ConfigureAwait(false);
    }));

    /// <summary>Starts work that waits for nobody.</summary>
    protected void AddRunning(Func<Task> work) => _tasks.Add(Task.Run(work));

    /// <summary>Throws unless they got what they should.</summary>
    protected abstract void CheckConsumers();

    private void ThrowIfFailed() => _tasks.Find(static task => task.IsFaulted)?.Wait();
}
