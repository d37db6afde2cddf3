using System.Runtime.ExceptionServices;

namespace Ring.Tests.Support;

/// <summary>A thread of a test: what it throws is thrown by <see cref="Join()"/>, and one that hangs fails the test.</summary>
internal sealed class Background
{
    private readonly Thread _thread;
    private volatile Exception? _failure;

    private Background(Action action)
    {
        _thread = new Thread(() => Guard(action)) { IsBackground = true };
        _thread.Start();
    }

    public bool HasEnded => !_thread.IsAlive;

    public bool IsAsleep => _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);

    public static Background Run(Action action) => new(action);

    public static Background[] Run(int count, Action<int> action) =>
        [.. Enumerable.Range(0, count).Select(i => new Background(() => action(i)))];

    public static void Join(IEnumerable<Background> threads)
    {
        foreach (Background thread in threads)
            thread.Join();
    }

    public void Join()
    {
        if (!_thread.Join(Eventually.Deadline))
            Assert.Fail($"A thread did not end within {Eventually.Deadline}.");
        if (_failure is not null)
            ExceptionDispatchInfo.Capture(_failure).Throw();
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }
}
