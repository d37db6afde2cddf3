using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>A ring and who is around it.</summary>
internal sealed record RingShape
{
    /// <summary>Slots, where nothing else is said; also of the bounded queues beside it.</summary>
    public const int UsualSize = 65_536;

    public ProducerType ProducerType { get; init; } = ProducerType.Single;

    /// <summary>Threads that publish.</summary>
    public int Producers { get; init; } = 1;

    /// <summary>Slots.</summary>
    public int Size { get; init; } = UsualSize;

    /// <summary>Makes the strategy: not all can be shared by two rings.</summary>
    public Func<IWaitStrategy> Strategy { get; init; } = static () => new BusySpinWaitStrategy();
}
