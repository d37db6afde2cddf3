namespace Ring.Core;

/// <summary>
/// The consumer whose handler the calling thread runs: a claim that waits for that one to move would wait for ever.
/// </summary>
/// <remarks>Thread safety: each thread has its own.</remarks>
internal static class RunningConsumer
{
    [ThreadStatic]
    private static Sequence? _position;

    /// <summary>Its position; null on a thread that runs no handler.</summary>
    public static Sequence? Position => _position;

    /// <summary>Begins a run; returns what to end it with.</summary>
    public static Sequence? Enter(Sequence position)
    {
        Sequence? outer = _position;
        _position = position;
        return outer;
    }

    /// <summary>Ends a run.</summary>
    /// <param name="outer">What <see cref="Enter"/> has returned: a handler may run another processor.</param>
    public static void Leave(Sequence? outer) => _position = outer;
}
