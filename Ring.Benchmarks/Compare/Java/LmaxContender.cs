using System.Globalization;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>The throughput of LMAX's Disruptor, timed by itself.</summary>
/// <param name="lmax">Starts it.</param>
/// <param name="name">What the tables call it.</param>
/// <param name="shape">The ring.</param>
/// <param name="strategy">LMAX's name of the strategy, without <c>WaitStrategy</c>.</param>
/// <param name="topology">How its consumers stand to each other; null for a single one.</param>
/// <param name="batch">Events that are published together.</param>
internal sealed class LmaxContender(
    Lmax lmax, string name, RingShape shape, string strategy, Topology<ClassEvent>? topology = null, int batch = 1) : IContender
{
    private readonly Topology<ClassEvent> _topology = topology ?? Topology<ClassEvent>.One;
    private LmaxProcess? _process;

    public string Name { get; } = name;

    public Sample Run(int operations)
    {
        string type = shape.ProducerType == ProducerType.Single ? "SINGLE" : "MULTI";
        string answer = Process.Ask(string.Create(
            CultureInfo.InvariantCulture, $"throughput {_topology.Id} {_topology.Handlers} {type} {shape.Producers} {strategy} {shape.Size} {batch} {operations}"));
        return new Sample(operations, long.Parse(answer, CultureInfo.InvariantCulture) / 1e9, AllocatedBytes: -1);
    }

    /// <summary>Not before it is needed: what is made and never run has nothing to end.</summary>
    private LmaxProcess Process => _process ??= lmax.Start();

    public void Dispose() => _process?.Dispose();
}
