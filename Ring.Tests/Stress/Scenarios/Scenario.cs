using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>What is wired, who takes part, and what goes wrong.</summary>
internal abstract class Scenario
{
    /// <summary>Every one; add yours here.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Flow("one to one", 1) { HasOneProducer = true },
        new Flow("several producers", 1) { HasSeveralProducers = true },
        new Flow("parallel", 3),
        new Flow("chain", 1, 1, 1),
        new Flow("diamond", 2, 1, 1),
        new JoinsAndLeaves(),
        new SlowConsumer(),
        new FailingHandlers(),
        new AbandonedClaims(),
        new ConsumerDeath(),
        new Closing(),
        new Restarts(),
        new WorkerPools(),
        new Lifecycles(),
    ];

    public abstract string Name { get; }

    /// <summary>Whether there is one producer, also where there may be more.</summary>
    public bool HasOneProducer { get; init; }

    /// <summary>Whether it makes sense with several producers only.</summary>
    public bool HasSeveralProducers { get; init; }

    public bool Fits(ProducerType producerType) => producerType == ProducerType.Multi || !HasSeveralProducers;

    public abstract void Run<T>(Round round, Combination combination)
        where T : IStressEvent, new();
}
