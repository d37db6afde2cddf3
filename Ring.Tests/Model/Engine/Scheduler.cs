using System.Text;

namespace Ring.Tests.Model.Engine;

/// <summary>Knows which threads can go on, and lets the search choose.</summary>
internal sealed class Scheduler(CheckOptions options, ISearch search)
{
    private readonly List<Step> _steps = [];
    private readonly StringBuilder _decisions = new();
    private int _earlyTimeouts;

    public List<ModelThread> Threads { get; } = [];

    /// <summary>The model's clock, in ticks: it stands still until the time of a wait is over.</summary>
    public long Now { get; private set; }

    /// <summary>The choices so far, as a replay wants them.</summary>
    public string Decisions => _decisions.ToString();

    /// <summary>For the state: how many timeouts are left.</summary>
    public int EarlyTimeouts => _earlyTimeouts;

    public void Reset()
    {
        Threads.Clear();
        _decisions.Clear();
        _earlyTimeouts = 0;
        Now = 0;
    }

    /// <summary>The thread whose turn it is after <paramref name="from"/>; null when all have ended.</summary>
    public ModelThread? PickNext(Execution execution, ModelThread from)
    {
        while (true)
        {
            CollectSteps(from);
            if (_steps.Count == 0)
                return Threads.TrueForAll(thread => thread.HasEnded) ? null : throw new ModelFailureException(DescribeStandstill());
            Step step = _steps[search.ChooseStep(execution, _steps)];
            if (_steps.Count > 1)
                _decisions.Append(step.Token);
            if (!step.IsTimeout)
                return step.Thread;
            TimeOut(execution, step.Thread);
        }
    }

    /// <summary>Notes that the running thread goes on without having been chosen, for replays that always choose.</summary>
    public void NotePassed(ModelThread thread)
    {
        CollectSteps(thread);
        if (_steps.Count > 1)
            _decisions.Append(new Step(thread, IsTimeout: false).Token);
    }

    /// <summary>Whether another thread than this one has not ended.</summary>
    public bool HasOthers(ModelThread thread)
    {
        foreach (ModelThread other in Threads)
        {
            if (other != thread && !other.HasEnded)
                return true;
        }

        return false;
    }

    /// <summary>Which of the readable messages a load reads, counted back from the newest.</summary>
    public int PickAge(int count)
    {
        if (count == 1 || !options.AllowsStaleReads)
            return 0;
        int age = search.ChooseMessage(count);
        _decisions.Append(ReplaySearch.TokenOf(age));
        return age;
    }

    public bool IsEnabled(ModelThread thread) => thread.Next switch
    {
        StepKind.Lock => thread.NextLock!.Owner is null,
        StepKind.Wait => (thread.IsPulsed || thread.HasTimedOut) && thread.NextLock!.Owner is null,
        StepKind.Join => thread.NextJoin!.HasEnded || thread.HasTimedOut,
        StepKind.Spin => thread.Spin.Fruitless < options.FruitlessSpins || thread.Spin.HasNews() || thread.Spin.WouldActAnew(thread),
        StepKind.Done => false,
        _ => true,
    };

    /// <summary>
    /// The running thread comes first, so that the first way through a program has few switches; one that spins comes last,
    /// so that it does not keep the others from what it waits for.
    /// </summary>
    private void CollectSteps(ModelThread from)
    {
        _steps.Clear();
        bool yields = from.Next is StepKind.Spin;
        if (!yields && IsEnabled(from))
            _steps.Add(new Step(from, IsTimeout: false));
        for (int i = 1; i < Threads.Count; i++)
        {
            ModelThread thread = Threads[(from.Id + i) % Threads.Count];
            if (IsEnabled(thread))
                _steps.Add(new Step(thread, IsTimeout: false));
        }

        if (yields && IsEnabled(from))
            _steps.Add(new Step(from, IsTimeout: false));
        CollectTimeouts();
        if (_steps.Count == 0)
            CollectHeldBack();
    }

    private void CollectTimeouts()
    {
        bool nothingElse = _steps.Count == 0;
        bool early = options.Timeouts is TimeoutRule.Early && _earlyTimeouts < options.EarlyTimeouts;
        if (options.Timeouts is TimeoutRule.Never || (!nothingElse && !early))
            return;
        foreach (ModelThread thread in Threads)
        {
            if (thread.WakeAt is not null && !thread.IsPulsed && !thread.HasTimedOut && !IsEnabled(thread))
                _steps.Add(new Step(thread, IsTimeout: true));
        }
    }

    /// <summary>
    /// Where nobody else can go on: of those that have repeated themselves as often as is explored, the one that has done so least.
    /// One, so that each has its turn, and so that nothing branches that may never end.
    /// </summary>
    private void CollectHeldBack()
    {
        ModelThread? least = null;
        foreach (ModelThread thread in Threads)
        {
            if (thread.Next is StepKind.Spin && thread.Spin.IsHeldBack(thread) && (least is null || thread.Spin.Repeated < least.Spin.Repeated))
                least = thread;
        }

        if (least is not null)
            _steps.Add(new Step(least, IsTimeout: false));
    }

    private void TimeOut(Execution execution, ModelThread thread)
    {
        thread.HasTimedOut = true;
        thread.NextLock?.Waiters.Remove(thread);
        Now = Math.Max(Now, thread.WakeAt!.Value);
        if (_steps.Exists(step => !step.IsTimeout))
            _earlyTimeouts++;
        execution.Trace?.Add(thread, "the time is over");
    }

    private string DescribeStandstill()
    {
        string what = Threads.Exists(thread => thread.Next is StepKind.Spin)
            ? "Livelock: a thread spins on what nobody will change."
            : "Deadlock, or a lost wake-up.";
        IEnumerable<string> where = Threads.Where(thread => !thread.HasEnded).Select(thread => $"{thread.Name}: {thread.Next}");
        return $"{what} {string.Join(", ", where)}";
    }
}
