namespace Ring.Core;

/// <summary>
/// The moment by which a consumer lets producers in full flow get ahead. Whoever looks again at once takes the cache line away that they
/// are writing, gets a few events for it, and holds them up; a moment later there are hundreds at the same price.
/// </summary>
/// <remarks>
/// Measured in docs/benchmarks/optimisations.md. A mutable struct: hold it in a field that is not readonly, and never copy it. Not
/// thread-safe: for the thread that runs the consumer.
/// </remarks>
internal struct HeadStart
{
    /// <summary>Fewer together are a single burst, which is over before it would pay.</summary>
    private const int FewestInFlow = 128;

    /// <summary>After a flow of more, three events that come alone are its end.</summary>
    private const int MostInFlow = 4 * FewestInFlow;

    /// <summary>A batch of fewer means that the flow has become thin.</summary>
    private const int FewestEvents = 8;

    /// <summary>A batch of so many has paid for the look that found it.</summary>
    private const int MostEvents = 512;

    /// <summary>Of <see cref="Thread.SpinWait"/>: about 1.5 microseconds, where the runtime evens them out (.NET Core 3 and later).</summary>
    private const int PauseIterations = 40;

    private readonly int _mostEvents;
    private long _inFlow;
    private long _given;

    /// <param name="bufferSize">Of the ring. A quarter of it means that the producers are ahead already.</param>
    public HeadStart(int bufferSize) => _mostEvents = Math.Min(MostEvents, bufferSize / 4);

    /// <summary>For whoever waits for other consumers, which write their position once a batch.</summary>
    public static HeadStart None => new(bufferSize: 0);

    /// <summary>How often it was given.</summary>
    public readonly long Given => _given;

    /// <summary>Counts a batch, which was all that there was, and says whether to wait after it.</summary>
    public bool IsDueAfter(long events)
    {
        // An event that comes alone was waited for, or was all that came during a look: one of them is not yet the end of a flow.
        _inFlow = events == 1 ? _inFlow / 2 : Math.Min(_inFlow + events, MostInFlow);
        return _inFlow >= FewestInFlow && events >= FewestEvents && events < _mostEvents;
    }

    /// <summary>Counts a batch, which was all that there was, and waits if that is due.</summary>
    public void GiveAfter(long events)
    {
        if (!IsDueAfter(events))
            return;
        _given++;
        Thread.SpinWait(PauseIterations);
    }
}
