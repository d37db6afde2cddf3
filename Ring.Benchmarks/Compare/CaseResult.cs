using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare;

/// <summary>What the rounds of a case came to.</summary>
internal sealed class CaseResult(Case work, string[] names)
{
    private const double LeastBytes = 0.05;
    private const long MostBytesOfHarness = 16_384;

    private readonly List<Sample>[] _samples = [.. names.Select(_ => new List<Sample>())];

    public Case Case => work;

    public IReadOnlyList<string> Names => names;

    public void Add(int contender, Sample sample) => _samples[contender].Add(sample);

    public IReadOnlyList<Sample> Samples(int contender) => _samples[contender];

    public Spread Rate(int contender) => Spread.Of(_samples[contender].Select(sample => sample.Rate));

    /// <summary>How many times the rate of another, round by round, so that a slow moment of the machine hits both.</summary>
    public Spread Ratio(int contender, int other) =>
        Spread.Of(_samples[contender].Zip(_samples[other], static (mine, its) => mine.Rate / its.Rate));

    /// <summary>Bytes for each operation, in the round with the fewest: the process itself allocates a little now and then.</summary>
    public double? BytesPerOperation(int contender)
    {
        double least = _samples[contender].Min(static sample => (double)sample.AllocatedBytes / sample.Operations);
        return least < 0 ? null : least;
    }

    /// <summary>Whether it allocates for its events, and not only the harness for a run.</summary>
    public bool Allocates(int contender) =>
        BytesPerOperation(contender) >= LeastBytes && _samples[contender].Min(static sample => sample.AllocatedBytes) >= MostBytesOfHarness;

    public int IndexOf(string name) => Array.IndexOf(names, name);
}
