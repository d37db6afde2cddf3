using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>How the consumers of a ring stand to each other.</summary>
/// <param name="Id">What the Java driver calls it.</param>
/// <param name="Handlers">How many there are.</param>
/// <param name="Wire">Puts them into a disruptor.</param>
internal sealed record Topology<T>(string Id, int Handlers, Action<Disruptor<T>, IEventHandler<T>[]> Wire)
{
    public static Topology<T> One { get; } = Parallel(1);

    /// <summary>Three, one behind the other.</summary>
    public static Topology<T> Pipeline { get; } =
        new("pipeline", 3, static (disruptor, handlers) => disruptor.HandleEventsWith(handlers[0]).Then(handlers[1]).Then(handlers[2]));

    /// <summary>Two side by side, and one behind both.</summary>
    public static Topology<T> Diamond { get; } =
        new("diamond", 3, static (disruptor, handlers) => disruptor.HandleEventsWith(handlers[0], handlers[1]).Then(handlers[2]));

    /// <summary>Side by side; each gets all events.</summary>
    public static Topology<T> Parallel(int handlers) => new("parallel", handlers, static (disruptor, all) => disruptor.HandleEventsWith(all));
}
