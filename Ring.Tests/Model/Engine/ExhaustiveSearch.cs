namespace Ring.Tests.Model.Engine;

/// <summary>
/// Depth-first, by replay: every execution repeats the decisions of the one before up to the last that has another way left.
/// </summary>
/// <remarks>
/// Three reductions, each of which can be switched off to show that it loses nothing. The state cache ends an execution in a
/// state that was explored before. Sleep sets (Godefroid) leave out a step that was explored from the state before and is
/// independent of what was done since; a cached state remembers with which steps asleep it was explored, and those that are
/// awake on a later visit are made up for. Accesses that no other thread can meet are no steps, see
/// <see cref="PrivateAccesses"/>.
/// </remarks>
internal sealed class ExhaustiveSearch(CheckOptions options) : ISearch
{
    private readonly List<Decision> _path = [];
    private readonly Dictionary<Hash128, uint> _visited = [];
    private readonly List<(Hash128 State, uint? Before)> _fresh = [];
    private readonly List<int> _awake = [];
    private int _depth;
    private int _replayed;
    private uint _asleep;

    public bool IsFinishing { get; private set; }

    public long States => _visited.Count;

    public PrivateAccesses? Private { get; } = options.PassesPrivateAccesses ? new PrivateAccesses() : null;

    public void Begin()
    {
        _depth = 0;
        _replayed = _path.Count;
        _asleep = 0;
        _fresh.Clear();
        IsFinishing = false;
    }

    public void Finish() => IsFinishing = true;

    public int ChooseMessage(int count) => IsFinishing ? 0 : Take(count, asleep: 0);

    public int ChooseStep(Execution execution, List<Step> steps)
    {
        if (IsFinishing)
            return 0;
        uint asleep = _asleep;
        if (steps.Count > 1)
            asleep = _depth < _path.Count ? _path[_depth].Asleep : Visit(execution, asleep, SetOf(steps));
        CollectAwake(steps, asleep);
        if (IsFinishing || _awake.Count == 0)
        {
            Finish();
            return 0;
        }

        int taken = steps.Count > 1 ? Take(_awake.Count, asleep) : 0;
        int chosen = _awake[taken];
        if (options.UsesSleepSets)
            _asleep = AsleepAfter(steps, asleep, taken);
        return chosen;
    }

    public void Repeat()
    {
        Private?.Forget();
        for (int i = _fresh.Count - 1; i >= 0; i--)
        {
            (Hash128 state, uint? before) = _fresh[i];
            if (before is { } asleep)
                _visited[state] = asleep;
            else
                _visited.Remove(state);
        }

        if (_path.Count > _replayed)
            _path.RemoveRange(_replayed, _path.Count - _replayed);
    }

    public bool Advance()
    {
        if (Private is { HaveShrunk: true })
        {
            BeginAnew(Private);
            return true;
        }

        while (_path.Count > 0)
        {
            Decision last = _path[^1];
            _path.RemoveAt(_path.Count - 1);
            if (last.Taken + 1 < last.Count)
            {
                _path.Add(last with { Taken = last.Taken + 1 });
                return true;
            }
        }

        return false;
    }

    private void BeginAnew(PrivateAccesses accesses)
    {
        accesses.Accept();
        _path.Clear();
        _visited.Clear();
    }

    private static uint SetOf(List<Step> steps)
    {
        uint set = 0;
        foreach (Step step in steps)
            set |= step.Bit;
        return set;
    }

    private int Take(int count, uint asleep)
    {
        if (_depth == _path.Count)
            _path.Add(new Decision(count, 0, asleep));
        Decision decision = _path[_depth++];
        return decision.Count == count
            ? decision.Taken
            : throw new ModelFailureException($"The program is not deterministic: {count} ways on, {decision.Count} before.");
    }

    /// <summary>Looks the state up; returns the steps that need not be explored from it.</summary>
    private uint Visit(Execution execution, uint asleep, uint steps)
    {
        if (!options.UsesStateCache)
            return asleep;
        Hash128 state = StateHasher.Hash(execution);
        if (!_visited.TryGetValue(state, out uint before))
        {
            Remember(state, null, asleep & steps);
            return asleep;
        }

        uint missed = before & ~asleep;
        if (missed == 0)
            Finish();
        else
            Remember(state, before, before & asleep);
        return asleep | (steps & ~missed);
    }

    private void Remember(Hash128 state, uint? before, uint asleep)
    {
        _visited[state] = asleep;
        _fresh.Add((state, before));
    }

    private void CollectAwake(List<Step> steps, uint asleep)
    {
        _awake.Clear();
        for (int i = 0; i < steps.Count; i++)
        {
            if ((asleep & steps[i].Bit) == 0)
                _awake.Add(i);
        }
    }

    /// <summary>Those asleep or explored before from here stay asleep as long as what is done is independent of them.</summary>
    private uint AsleepAfter(List<Step> steps, uint asleep, int taken)
    {
        uint explored = asleep;
        for (int i = 0; i < taken; i++)
            explored |= steps[_awake[i]].Bit;
        Step step = steps[_awake[taken]];
        uint after = 0;
        foreach (Step other in steps)
        {
            if ((explored & other.Bit) != 0 && other != step && other.IsIndependentOf(step))
                after |= other.Bit;
        }

        return after;
    }
}
