using Ring.Benchmarks.Compare.Peers;
using Ring.Benchmarks.Compare.Rings;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare;

/// <summary>One of LMAX's topologies: who produces, and how the consumers stand to each other.</summary>
/// <param name="Id">Short; a part of the ids of its cases.</param>
/// <param name="Title">What it is, for the heading.</param>
/// <param name="Producers">Threads that publish.</param>
/// <param name="Classes">The consumers of objects.</param>
/// <param name="Structs">The same of structs.</param>
/// <param name="Queues">What it takes without a ring; of several producers, that they share one queue. Null where there is nothing to compare with.</param>
internal sealed record Layout(
    string Id, string Title, int Producers, Topology<ClassEvent> Classes, Topology<StructEvent> Structs, QueueGraph? Queues)
{
    private const int Three = 3;

    public static Layout OneToOne { get; } = new(
        "one-to-one", "One producer, one consumer", 1, Topology<ClassEvent>.One, Topology<StructEvent>.One, Queues: null);

    /// <summary>Those of more than two threads.</summary>
    public static Layout[] OfMany { get; } =
    [
        new("pipeline", "One producer, three consumers in a row", 1, Topology<ClassEvent>.Pipeline, Topology<StructEvent>.Pipeline, QueueGraph.Pipeline),
        new(
            "one-to-three", "One producer, three consumers side by side", 1,
            Topology<ClassEvent>.Parallel(Three), Topology<StructEvent>.Parallel(Three), QueueGraph.Parallel(Three)),
        new(
            "diamond", "One producer, two consumers side by side, one behind both", 1,
            Topology<ClassEvent>.Diamond, Topology<StructEvent>.Diamond, QueueGraph.Diamond),
        new("three-to-one", "Three producers, one consumer", Three, Topology<ClassEvent>.One, Topology<StructEvent>.One, QueueGraph.Parallel(1)),
        new(
            "three-to-three", "Three producers, three consumers side by side", Three,
            Topology<ClassEvent>.Parallel(Three), Topology<StructEvent>.Parallel(Three), Queues: null),
    ];

    public RingShape Shape { get; } = new() { ProducerType = Producers == 1 ? ProducerType.Single : ProducerType.Multi, Producers = Producers };
}
