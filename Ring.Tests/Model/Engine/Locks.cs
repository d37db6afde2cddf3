namespace Ring.Tests.Model.Engine;

/// <summary>The monitors of an execution, with the semantics of <see cref="Monitor"/>: recursion, pulses in order of arrival.</summary>
/// <remarks>A lock hands over from its last owners to the next, and orders no more than that: it is no full fence.</remarks>
internal sealed class Locks(Execution execution, Mutant mutant)
{
    private readonly Dictionary<object, LockState> _byObject = new(ReferenceEqualityComparer.Instance);

    /// <summary>Locks that a mutant has left out, until they would be left.</summary>
    private readonly HashSet<(object, ModelThread)> _leftOut = [];

    public IEnumerable<LockState> All => _byObject.Values;

    public void Reset()
    {
        _byObject.Clear();
        _leftOut.Clear();
    }

    public void Enter(ModelThread thread, object target)
    {
        bool isGone = mutant.Weakens(thread, WeakeningKind.NoLock);
        thread.Site = null;
        if (isGone)
        {
            _leftOut.Add((target, thread));
            return;
        }

        LockState state = Find(thread, target);
        if (state.Owner == thread)
        {
            state.Depth++;
            return;
        }

        execution.Reach(thread, StepKind.Lock, lockState: state);
        state.Acquire(thread, depth: 1);
        execution.Trace?.Add(thread, $"enters lock {state.Number}");
    }

    public void Exit(ModelThread thread, object target)
    {
        execution.CheckAborting(thread);
        if (_leftOut.Remove((target, thread)))
            return;
        LockState state = FindOwned(thread, target);
        if (--state.Depth > 0)
            return;
        state.Release(thread);
        thread.Spin.NoteRelease(state);
        execution.Trace?.Add(thread, $"leaves lock {state.Number}");
    }

    /// <summary>Leaves the lock, sleeps until a pulse or until the time is over, and enters the lock again.</summary>
    /// <returns>Whether it was pulsed.</returns>
    public bool Wait(ModelThread thread, object target, long? wakeAt)
    {
        execution.CheckAborting(thread);
        LockState state = FindOwned(thread, target);
        int depth = state.Depth;
        thread.IsPulsed = false;
        thread.HasTimedOut = false;
        thread.WakeAt = wakeAt;
        state.Waiters.Add(thread);
        state.Release(thread);
        thread.Spin.NoteRelease(state);
        execution.Trace?.Add(thread, $"waits at lock {state.Number}");
        execution.Reach(thread, StepKind.Wait, lockState: state);
        state.Acquire(thread, depth);
        thread.WakeAt = null;
        thread.History.Mix(thread.IsPulsed ? 1 : 0);
        execution.Trace?.Add(thread, $"enters lock {state.Number} again");
        return thread.IsPulsed;
    }

    public void Pulse(ModelThread thread, object target, bool all)
    {
        execution.CheckAborting(thread);
        bool isGone = mutant.Weakens(thread, WeakeningKind.NoPulse);
        all = all && !mutant.Weakens(thread, WeakeningKind.PulseOfOne);
        thread.Site = null;
        if (isGone)
            return;
        LockState state = FindOwned(thread, target);
        int count = all ? state.Waiters.Count : Math.Min(1, state.Waiters.Count);
        for (int i = 0; i < count; i++)
            state.Waiters[i].IsPulsed = true;
        state.Waiters.RemoveRange(0, count);
        thread.Spin.NoteSideEffect();
        execution.Trace?.Add(thread, $"pulses {count} at lock {state.Number}");
    }

    private LockState Find(ModelThread thread, object target)
    {
        if (!_byObject.TryGetValue(target, out LockState? state))
            _byObject.Add(target, state = new LockState(_byObject.Count));
        state.Identity.Touch(thread);
        return state;
    }

    private LockState FindOwned(ModelThread thread, object target)
    {
        LockState state = Find(thread, target);
        return state.Owner == thread ? state : throw new SynchronizationLockException();
    }
}
