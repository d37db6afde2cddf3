using System.Globalization;
using Ring.Benchmarks.Compare.Latency;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>The latency of LMAX's Disruptor, timed by itself.</summary>
/// <param name="lmax">Starts it.</param>
/// <param name="command">What to ask it for.</param>
/// <param name="strategy">LMAX's name of the strategy, without <c>WaitStrategy</c>.</param>
internal sealed class LmaxLatencyContender(Lmax lmax, string command, string strategy) : ILatencyContender
{
    private LmaxProcess? _process;

    public string Name { get; } = $"LMAX, {strategy}";

    public Histogram Run(int events)
    {
        Histogram times = new();
        string answer = Process.Ask(string.Create(CultureInfo.InvariantCulture, $"{command} {strategy} {events}"));
        foreach (string pair in answer.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split(':');
            times.Add(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return times;
    }

    /// <summary>Not before it is needed: what is made and never run has nothing to end.</summary>
    private LmaxProcess Process => _process ??= lmax.Start();

    public void Dispose() => _process?.Dispose();
}
