using System.Runtime.CompilerServices;

namespace Ring.Tests.Model.Engine;

/// <summary>One run of a program under one schedule; used again for the next run.</summary>
/// <remarks>Exactly one of its threads runs at a time, so nothing in the engine needs to be synchronised.</remarks>
internal sealed class Execution : IDisposable
{
    private readonly CheckOptions _options;
    private readonly List<Worker> _workers = [];
    private readonly Baton _ended = new();
    private Hash128 _outsideOrder;
    private bool _isAborting;
    private int _collections;
    private int _steps;

    public Execution(CheckOptions options, ISearch search)
    {
        _options = options;
        Search = search;
        Scheduler = new Scheduler(options, search);
        Memory = new Memory(this, new Mutant(options));
        Locks = new Locks(this, Memory.Mutant);
    }

    public ISearch Search { get; }

    public Scheduler Scheduler { get; }

    public Memory Memory { get; }

    public Locks Locks { get; }

    /// <summary>What the threads do, in words; null as long as nobody wants to read it.</summary>
    public Trace? Trace { get; set; }

    public string? Failure { get; private set; }

    public string? Outcome { get; set; }

    /// <summary>Whether the garbage collector may have moved a location, which is known by its address.</summary>
    public bool IsDisturbed => GC.CollectionCount(0) != _collections;

    /// <summary>Runs the program to its end.</summary>
    public void Run(Action body)
    {
        Scheduler.Reset();
        Memory.Reset();
        Locks.Reset();
        _outsideOrder = default;
        _isAborting = false;
        _steps = 0;
        Failure = null;
        Outcome = null;
        _collections = GC.CollectionCount(0);
        Search.Begin();
        Create("main", body).TakeTurn();
        _ended.Await();
    }

    /// <summary>A new thread, which has seen all that its parent has.</summary>
    public ModelThread Start(ModelThread parent, string name, Action body)
    {
        CheckAborting(parent);
        ModelThread thread = Create(name, body);
        thread.View.Join(parent.View);
        thread.Clock.Join(parent.Clock);
        parent.Clock.Tick(parent.Id);
        parent.Spin.NoteSideEffect();
        Trace?.Add(parent, $"starts {name}");
        return thread;
    }

    public void Join(ModelThread thread, ModelThread other, long? wakeAt)
    {
        thread.NextJoin = other;
        thread.WakeAt = wakeAt;
        // Without time there is nothing to wait for: it only looks.
        thread.HasTimedOut = wakeAt <= Scheduler.Now;
        Reach(thread, StepKind.Join);
        thread.WakeAt = null;
        thread.History.Mix(other.HasEnded ? 1 : 0);
        thread.Spin.NoteLook(other);
        if (!other.HasEnded)
            return;
        thread.View.Join(other.View);
        thread.Clock.Join(other.Clock);
        Trace?.Add(thread, $"joins {other.Name}");
    }

    public int Outside(ModelThread thread, Func<int> use)
    {
        Reach(thread, StepKind.Outside);
        int result = use();
        // What it met depends on all uses before; the history of the last user tells their order to the state.
        _outsideOrder.Mix(thread.Id);
        thread.History.Mix(_outsideOrder);
        thread.Spin.NoteSideEffect();
        Trace?.Add(thread, $"uses what is outside: {result}");
        return result;
    }

    public void SpinHint(ModelThread thread)
    {
        thread.Spin.EndIteration();
        if (thread.Spin.Fruitless > _options.FruitlessSpins || thread.Spin.RepeatsInSpiteOfNews)
            Search.Finish();
        Trace?.Add(thread, "spins");
        Reach(thread, StepKind.Spin);
    }

    /// <summary>
    /// A scheduling point: says what the thread will do next, and returns when it is its turn to do it.
    /// </summary>
    public void Reach(ModelThread thread, StepKind next, nuint address = 0, LockState? lockState = null)
    {
        Announce(thread, next, address, lockState);
        ModelThread chosen = PickNext(thread);
        if (chosen == thread)
            return;
        chosen.TakeTurn();
        thread.AwaitTurn();
        CheckAborting(thread);
    }

    /// <summary>In the place of <see cref="Reach"/>, for a step that no other thread can meet.</summary>
    public void Pass(ModelThread thread, StepKind next, nuint address)
    {
        Announce(thread, next, address, null);
        if (Trace is not null)
            Scheduler.NotePassed(thread);
    }

    /// <summary>Which of the readable messages a load reads, counted back from the newest.</summary>
    public int PickAge(ModelThread thread, int count)
    {
        try
        {
            return Scheduler.PickAge(count);
        }
        catch (ModelFailureException failure)
        {
            // Not left to the program, which may catch everything and go on.
            Fail(thread, failure.Message);
            throw;
        }
    }

    /// <summary>Ends the execution as failed.</summary>
    public void Fail(ModelThread thread, string message)
    {
        NoteFailure(thread, message);
        CheckAborting(thread);
    }

    /// <summary>What a worker does with its thread.</summary>
    public void RunBody(ModelThread thread)
    {
        try
        {
            if (!_isAborting)
                thread.Body();
        }
        catch (ModelAbortException)
        {
            // The execution has ended for all its threads.
        }
#pragma warning disable CA1031 // Whatever a program throws is a finding.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NoteFailure(thread, exception is ModelFailureException ? exception.Message : exception.ToString());
        }

        End(thread);
    }

    /// <summary>Throws when the execution is over, in all its threads, at their next operation.</summary>
    public void CheckAborting(ModelThread thread)
    {
        if (!_isAborting && !IsDisturbed)
            return;
        _isAborting = true;
        if (++thread.SwallowedAborts > Limits.SwallowedAborts)
            LeaveBehind(thread);
        throw new ModelAbortException();
    }

    public void Dispose()
    {
        foreach (Worker worker in _workers.Where(worker => !worker.IsLost))
            worker.Dispose();
        _ended.Dispose();
    }

    private ModelThread Create(string name, Action body)
    {
        int id = Scheduler.Threads.Count;
        if (id == Limits.Threads)
            throw new ModelFailureException($"More than {Limits.Threads} threads.");
        if (id == _workers.Count)
            _workers.Add(new Worker());
        else if (_workers[id].IsLost)
            _workers[id] = new Worker();
        ModelThread thread = new(this, _workers[id], id, name, body);
        _workers[id].Assign(thread);
        Scheduler.Threads.Add(thread);
        return thread;
    }

    private void End(ModelThread thread)
    {
        thread.Next = StepKind.Done;
        thread.NextLock = null;
        ModelThread? next = null;
        if (!_isAborting)
        {
            try
            {
                next = Scheduler.PickNext(this, thread);
            }
            catch (ModelFailureException failure)
            {
                NoteFailure(thread, failure.Message);
            }
        }

        PassOn(_isAborting ? NextToAbort() : next);
    }

    private void Announce(ModelThread thread, StepKind next, nuint address, LockState? lockState)
    {
        CheckAborting(thread);
        thread.Next = next;
        thread.NextAddress = address;
        thread.NextLock = lockState;
        thread.Steps++;
        if (++_steps > _options.MaxSteps)
            Fail(thread, $"More than {_options.MaxSteps} steps: a loop without a spin hint?");
    }

    private ModelThread PickNext(ModelThread thread)
    {
        try
        {
            return Scheduler.PickNext(this, thread)!;
        }
        catch (ModelFailureException failure)
        {
            Fail(thread, failure.Message);
            throw;
        }
    }

    private void NoteFailure(ModelThread thread, string message)
    {
        if (_isAborting)
            return;
        _isAborting = true;
        Failure = message;
        Trace?.Add(thread, "FAILS");
    }

    /// <summary>Ended threads have released their workers; the others must find out one after the other.</summary>
    private ModelThread? NextToAbort() => Scheduler.Threads.Find(thread => !thread.HasEnded);

    private void PassOn(ModelThread? next)
    {
        if (next is null)
            _ended.Pass();
        else
            next.TakeTurn();
    }

    /// <summary>For code under test that catches everything, again and again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveBehind(ModelThread thread)
    {
        thread.Abandon();
        thread.Next = StepKind.Done;
        PassOn(NextToAbort());
        Thread.Sleep(Timeout.Infinite);
    }
}
