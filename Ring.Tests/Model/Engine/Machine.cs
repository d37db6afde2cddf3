namespace Ring.Tests.Model.Engine;

/// <summary>What a program can do on the machine that the checker simulates.</summary>
public static class Machine
{
    private static ModelThread Me => ModelThread.Current;

    /// <summary>The clock, in ticks. It stands still while any thread can run.</summary>
    public static long Now
    {
        get
        {
            long now = Me.Execution.Scheduler.Now;
            Me.History.Mix(now);
            return now;
        }
    }

    public static T Load<T>(ref T cell) => Me.Execution.Memory.Load(Me, ref cell);

    public static void Store<T>(ref T cell, T value) => Me.Execution.Memory.Store(Me, ref cell, value);

    public static T Modify<T>(ref T cell, Func<T, T> change) => Me.Execution.Memory.Modify(Me, ref cell, change);

    public static T CompareExchange<T>(ref T cell, T value, T comparand) =>
        Me.Execution.Memory.CompareExchange(Me, ref cell, value, comparand);

    public static void Fence() => Me.Execution.Memory.Fence(Me);

    public static void FenceProcessWide() => Me.Execution.Memory.FenceProcessWide(Me);

    public static T PlainLoad<T>(ref T cell) => Me.Execution.Memory.PlainLoad(Me, ref cell);

    public static void PlainStore<T>(ref T cell, T value) => Me.Execution.Memory.PlainStore(Me, ref cell, value);

    /// <summary>For the weaver: a cell was constructed, by plain stores.</summary>
    public static void Initialize<T>(ref T cell)
        where T : struct => CellLayout<T>.MarkWritten(Me, ref cell);

    /// <summary>Says that the thread looks again and again until something changes.</summary>
    public static void SpinHint() => Me.Execution.SpinHint(Me);

    public static void Enter(object target) => Me.Execution.Locks.Enter(Me, target);

    public static void Exit(object target) => Me.Execution.Locks.Exit(Me, target);

    /// <returns>Whether there was a pulse before the time was over.</returns>
    public static bool Wait(object target, TimeSpan timeout) => Me.Execution.Locks.Wait(Me, target, WakeAt(timeout));

    public static void Pulse(object target) => Me.Execution.Locks.Pulse(Me, target, all: false);

    public static void PulseAll(object target) => Me.Execution.Locks.Pulse(Me, target, all: true);

    public static ModelThread Start(Action body, string? name = null) =>
        Me.Execution.Start(Me, name ?? $"thread {Me.Execution.Scheduler.Threads.Count}", body);

    /// <returns>Whether the thread has ended before the time was over.</returns>
    public static bool Join(ModelThread thread, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(thread);
        Me.Execution.Join(Me, thread, WakeAt(timeout));
        return thread.HasEnded;
    }

    public static void Join(ModelThread thread) => Join(thread, Timeout.InfiniteTimeSpan);

    /// <summary>Starts a thread for each action, and waits until all have ended.</summary>
    public static void Parallel(params Action[] actions)
    {
        foreach (ModelThread thread in Array.ConvertAll(actions, action => Start(action)))
            Join(thread);
    }

    /// <summary>
    /// What threads of a program use together outside the machine, such as a counter: a step of its own, which orders nothing. What
    /// they used without it would be met in one order only. Not to wait for: nothing tells a thread that spins.
    /// </summary>
    /// <returns>What <paramref name="use"/> returns.</returns>
    public static int Outside(Func<int> use) => Me.Execution.Outside(Me, use);

    /// <summary>Names a cell in traces.</summary>
    public static void Name<T>(ref T cell, string name) => Me.Execution.Trace?.Name(ref cell, name);

    /// <summary>Says how this execution came out; the results are collected.</summary>
    public static void Outcome(string outcome) => Me.Execution.Outcome = outcome;

    /// <summary>Fails the execution when what must be true is not.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition)
            Me.Execution.Fail(Me, $"Not true: {what}");
    }

    /// <summary>For the weaver: where the operation that follows was called.</summary>
    public static void At(string site) => Me.Site = site;

    private static long? WakeAt(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? null : Me.Execution.Scheduler.Now + timeout.Ticks;
}
