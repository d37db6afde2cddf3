namespace Ring.Tests.Model.Engine;

/// <summary>
/// PCT (Burckhardt and others, 2010): threads have random priorities, the highest that can runs, and at a few random moments
/// the one that runs falls below all others. Good at faults that need few, unlikely switches. Messages by lot.
/// </summary>
internal sealed class PrioritySearch(int seed, int changes) : ISearch
{
    /// <summary>Steps among which the moments lie.</summary>
    private const int Horizon = 80;

    private readonly Random _random = new(seed);
    private readonly int[] _priorities = new int[Limits.Threads];
    private readonly HashSet<int> _moments = [];
    private int _step;
    private int _lowest;

    public bool IsFinishing => false;

    public long States => 0;

    public PrivateAccesses? Private => null;

    public void Begin()
    {
        _step = 0;
        _lowest = 0;
        _moments.Clear();
        for (int i = 0; i < _priorities.Length; i++)
            _priorities[i] = 1 + _random.Next(1000);
        for (int i = 0; i < changes; i++)
            _moments.Add(_random.Next(Horizon));
    }

    public void Finish()
    {
    }

    public int ChooseMessage(int count) => _random.Next(count);

    public int ChooseStep(Execution execution, List<Step> steps)
    {
        if (_moments.Contains(_step++))
            _priorities[steps[Highest(steps)].Thread.Id] = --_lowest;
        int chosen = Highest(steps);
        // A thread that spins would keep the others from what it waits for.
        if (steps[chosen].Thread.Next is StepKind.Spin)
            _priorities[steps[chosen].Thread.Id] = --_lowest;
        return Highest(steps);
    }

    public void Repeat()
    {
    }

    public bool Advance() => true;

    private int Highest(List<Step> steps)
    {
        int highest = 0;
        for (int i = 1; i < steps.Count; i++)
        {
            if (_priorities[steps[i].Thread.Id] > _priorities[steps[highest].Thread.Id])
                highest = i;
        }

        return highest;
    }
}
