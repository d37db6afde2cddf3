namespace Ring.Tests.Stress;

/// <summary>One thing to stress, and how far it came.</summary>
/// <param name="Group">With which others it is on one line of the table.</param>
/// <param name="Name">Which one it is.</param>
/// <param name="Run">Runs one round.</param>
internal sealed record StressCase(string Group, string Name, Action<Round> Run)
{
    public int Rounds { get; private set; }

    public long Cycles { get; private set; }

    public long Events { get; private set; }

    public void Count(Round round)
    {
        Rounds++;
        Cycles += round.Cycles;
        Events += round.Events;
    }

    public override string ToString() => $"{Group}, {Name}";
}
