namespace Ring.Tests.Model.Engine;

/// <summary>A thread of the program under test: an operating-system thread that runs only when it is its turn.</summary>
public sealed class ModelThread
{
    [ThreadStatic]
    private static ModelThread? _current;

    private readonly Worker _worker;

    internal ModelThread(Execution execution, Worker worker, int id, string name, Action body)
    {
        Execution = execution;
        _worker = worker;
        Id = id;
        Name = name;
        Body = body;
        History.Mix(id);
        Clock.Tick(id);
    }

    /// <summary>The thread that runs.</summary>
    public static ModelThread Current =>
        _current ?? throw new InvalidOperationException("Only the threads of a model program can do this.");

    public string Name { get; }

    public bool HasEnded => Next is StepKind.Done;

    /// <summary>For whoever stands in for the threads of the real machine.</summary>
    public object? Tag { get; set; }

    internal Execution Execution { get; }

    internal int Id { get; }

    internal Action Body { get; }

    internal View View { get; } = new();

    internal VectorClock Clock { get; } = new();

    /// <summary>A hash of all that it has read: as programs are deterministic, it stands for the thread's local state.</summary>
    internal Hash128 History;

    /// <summary>Operations so far.</summary>
    internal int Steps { get; set; }

    /// <summary>Locations and locks that it has used so far.</summary>
    internal int Touches { get; set; }

    /// <summary>Locations that it has used atomically so far.</summary>
    internal int Turns { get; set; }

    internal StepKind Next { get; set; }

    internal nuint NextAddress { get; set; }

    internal LockState? NextLock { get; set; }

    internal ModelThread? NextJoin { get; set; }

    internal SpinState Spin { get; } = new();

    /// <summary>When its timed wait is over; null when it waits without a limit or not at all.</summary>
    internal long? WakeAt { get; set; }

    internal bool IsPulsed { get; set; }

    internal bool HasTimedOut { get; set; }

    internal int SwallowedAborts { get; set; }

    /// <summary>The place in the code under test that has called an accessor; null unless a weaver says so.</summary>
    internal string? Site { get; set; }

    internal bool IsAtLock => Next is StepKind.Lock or StepKind.Wait;

    internal bool LooksForEndOf(ModelThread other) => Next is StepKind.Join && NextJoin == other;

    internal bool IsAtMemory => Next is StepKind.Load or StepKind.Store or StepKind.ReadModifyWrite or StepKind.Fence;

    internal bool TouchesFenceOrder => Next is StepKind.ReadModifyWrite or StepKind.Fence;

    internal void TakeTurn() => _worker.Baton.Pass();

    internal void AwaitTurn() => _worker.Baton.Await();

    /// <summary>Gives up the operating-system thread, which will never come back.</summary>
    internal void Abandon() => _worker.IsLost = true;

    internal void BecomeCurrent() => _current = this;
}
