namespace Ring.Core;

/// <summary>Processors that together see every event once, with their threads: one for a handler, several for a pool.</summary>
/// <remarks>
/// Thread safety: for the one thread at a time that starts and ends it; every thread may call <see cref="IsBehind"/> and
/// <see cref="Halt"/>.
/// </remarks>
internal sealed class Consumer
{
    private readonly IReadOnlyList<object> _handlers;
    private readonly ProcessorThread[] _threads;

    /// <param name="handlers">The user's, by which they are known.</param>
    /// <param name="processors">One for each.</param>
    /// <param name="sequences">How far they are: what gates, and what later stages wait for.</param>
    /// <param name="upstream">How far those are that they come after.</param>
    public Consumer(IReadOnlyList<object> handlers, IEventProcessor[] processors, Sequence[] sequences, Sequence[] upstream)
    {
        _handlers = handlers;
        Sequences = sequences;
        Upstream = upstream;
        _threads = Array.ConvertAll(processors, processor => new ProcessorThread(processor));
    }

    /// <summary>Whether the default for all does not hold for it.</summary>
    public bool HasOwnExceptionHandler { get; set; }

    public IEnumerable<IEventProcessor> Processors => _threads.Select(thread => thread.Processor);

    /// <summary>Completed when all its threads have ended.</summary>
    public IEnumerable<Task> Ends => _threads.Select(thread => thread.End);

    public Sequence[] Sequences { get; }

    /// <summary>The positions of those that it comes after.</summary>
    public Sequence[] Upstream { get; }

    /// <summary>Whether it is about to be taken out.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether one of its threads is the caller's.</summary>
    public bool IsCurrentThread => Array.Exists(_threads, thread => thread.IsCurrent);

    /// <summary>Whether all its threads have ended, or none was started.</summary>
    public bool HasEnded => Array.TrueForAll(_threads, thread => thread.HasEnded);

    /// <summary>Gets threads from the factory, for <see cref="Start"/>.</summary>
    /// <param name="consumers">Who gets them.</param>
    /// <param name="factory">Makes a thread that is not started.</param>
    /// <param name="fault">Told what a processor has thrown.</param>
    /// <exception cref="InvalidOperationException">The factory returned none, one that was started, or one twice.</exception>
    public static void CreateThreads(
        IEnumerable<Consumer> consumers, Func<ThreadStart, Thread> factory, Action<Exception> fault)
    {
        List<Thread> threads = [.. consumers.SelectMany(consumer => consumer._threads).Select(thread => thread.Create(factory, fault))];
        if (threads.Distinct().Count() != threads.Count)
            throw new InvalidOperationException("The thread factory returned one thread twice.");
    }

    /// <summary>Whether it was made for this handler, or is this processor.</summary>
    public bool IsOf(object handler) => _handlers.Any(own => ReferenceEquals(own, handler));

    public void Start() => Array.ForEach(_threads, thread => thread.Start());

    /// <summary>Tells all processors to stop; does not wait for that.</summary>
    public void Halt() => Array.ForEach(_threads, thread => thread.Processor.Halt());

    /// <summary>The last sequence that it has handled.</summary>
    public long Position => GatingSequences.Minimum(Sequences, long.MaxValue);

    public bool IsBehind(long sequence) => Position < sequence;

    /// <summary>How many sequences there are from the first that it has not handled up to this one; a pool may have handled some of them.</summary>
    public long LeftOf(long sequence) => Math.Max(0, sequence - GatingSequences.Minimum(Sequences, sequence));

    /// <summary>Whether one of its threads can do something now; of a processor of the user's own that is not known, so it does not count.</summary>
    public bool HasWork => Array.Exists(_threads, thread => !thread.HasEnded && thread.Processor is IReportsWork { HasWork: true });

    /// <summary>
    /// Whether it is behind, and will stay so: all its threads have ended, or one has that is in front of the sequence itself. Of a
    /// pool, the others may go on, see <see cref="HasWork"/>.
    /// </summary>
    // The threads first: once one has ended, its position is final.
    public bool IsStuckBefore(long sequence) =>
        (HasEnded && IsBehind(sequence))
        || Array.Exists(_threads, thread => thread.HasEnded && thread.Processor.Sequence.Value < sequence);

    /// <summary>Those threads that have not begun never will.</summary>
    public void GiveUp() => Array.ForEach(_threads, thread => thread.GiveUp());

    /// <summary>Waits until the threads have ended, and says whether they have.</summary>
    public bool Join(Deadline deadline) => Array.TrueForAll(_threads, thread => thread.Join(deadline));
}
