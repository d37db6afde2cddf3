using System.Globalization;
using Ring.Benchmarks.Compare.Latency;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>The latency of LMAX's Disruptor, timed by itself.</summary>
/// <param name="process">Where it runs.</param>
/// <param name="command">What to ask it for.</param>
/// <param name="strategy">LMAX's name of the strategy, without <c>WaitStrategy</c>.</param>
internal sealed class LmaxLatencyContender(LmaxProcess process, string command, string strategy) : ILatencyContender
{
    public string Name { get; } = $"LMAX, {strategy}";

    public Histogram Run(int events)
    {
        Histogram times = new();
        string answer = process.Ask(string.Create(CultureInfo.InvariantCulture, $"{command} {strategy} {events}"));
        foreach (string pair in answer.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split(':');
            times.Add(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return times;
    }

    public void Dispose()
    {
        // The process serves other cases, too.
    }
}
