namespace Ring.Benchmarks.Compare.Peers;

/// <summary>A queue of another kind, each used as its documentation suggests. Implemented by structs, so that calls are direct.</summary>
internal interface IQueue
{
    /// <summary>Waits for room if there is a limit.</summary>
    void Enqueue(long value);

    /// <summary>Waits for a value.</summary>
    long Dequeue();
}
