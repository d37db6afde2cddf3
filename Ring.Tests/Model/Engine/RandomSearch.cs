namespace Ring.Tests.Model.Engine;

/// <summary>Every decision by lot, for programs that are too large to be exhausted.</summary>
internal sealed class RandomSearch(int seed) : ISearch
{
    private readonly Random _random = new(seed);

    public bool IsFinishing => false;

    public long States => 0;

    public PrivateAccesses? Private => null;

    public void Begin()
    {
    }

    public void Finish()
    {
    }

    public int ChooseMessage(int count) => _random.Next(count);

    public int ChooseStep(Execution execution, List<Step> steps) => _random.Next(steps.Count);

    public void Repeat()
    {
    }

    public bool Advance() => true;
}
