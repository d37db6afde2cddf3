namespace Ring.Benchmarks.Compare.Peers;

/// <summary>
/// The queues that one needs without a ring: a value is taken from a queue once, so each arrow between two threads is a queue of its own.
/// </summary>
/// <param name="Queues">How many there are.</param>
/// <param name="Entries">Those that the producer fills.</param>
/// <param name="Consumers">Which queues each consumer empties, and which it fills.</param>
internal sealed record QueueGraph(int Queues, int[] Entries, (int[] Inputs, int[] Outputs)[] Consumers)
{
    /// <summary>Three consumers, one behind the other.</summary>
    public static QueueGraph Pipeline { get; } = new(3, [0], [([0], [1]), ([1], [2]), ([2], [])]);

    /// <summary>Two side by side, and one behind both.</summary>
    public static QueueGraph Diamond { get; } = new(4, [0, 1], [([0], [2]), ([1], [3]), ([2, 3], [])]);

    /// <summary>Side by side; each gets all values.</summary>
    public static QueueGraph Parallel(int consumers) =>
        new(consumers, [.. Enumerable.Range(0, consumers)], [.. Enumerable.Range(0, consumers).Select(static i => (new[] { i }, Array.Empty<int>()))]);

    /// <summary>What came from one queue must come from the others, too.</summary>
    public static void CheckSame(long value, long other)
    {
        if (value != other)
            throw new InvalidOperationException($"{value} came from one queue and {other} from another.");
    }
}
