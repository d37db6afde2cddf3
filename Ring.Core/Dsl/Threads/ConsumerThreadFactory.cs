namespace Ring.Core.Dsl;

/// <summary>
/// Makes background threads with a name, a priority and, on Linux and Windows, a processor each. Pass its <see cref="Create"/> to
/// <see cref="Disruptor{T}"/>.
/// </summary>
/// <remarks>Thread safety: every thread may call <see cref="Create"/>.</remarks>
public sealed class ConsumerThreadFactory
{
    private readonly string _name;
    private readonly ThreadPriority _priority;
    private readonly List<int> _processors;
    private readonly Turn _numbering = new();
    private int _count;

    /// <summary>A factory that has made no thread yet.</summary>
    /// <param name="name">The threads are called by it and their number: "name 0", "name 1" and so on.</param>
    /// <param name="priority">The priority of each thread. Linux honours none but the normal one.</param>
    /// <param name="processors">
    /// The numbers of the processors, from 0, that the threads are bound to in turn: each thread to one of them, for its life. One
    /// that spins should have its processor for itself. Null or none: the system decides.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The priority is unknown, or one of the processors is not one that this process may use now.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">Processors are given, and the system binds no threads to them.</exception>
    public ConsumerThreadFactory(
        string name = "Ring",
        ThreadPriority priority = ThreadPriority.Normal,
        IReadOnlyList<int>? processors = null)
    {
        _name = name ?? throw new ArgumentNullException(nameof(name));
        if (priority is < ThreadPriority.Lowest or > ThreadPriority.Highest)
            throw new ArgumentOutOfRangeException(nameof(priority), priority, "Must be from Lowest to Highest.");
        _priority = priority;
        _processors = [.. processors ?? []];
        if (_processors.Count > 0)
            Check(ProcessorAffinity.Create(), nameof(processors));
    }

    /// <summary>Makes the next thread.</summary>
    /// <param name="run">What it shall do.</param>
    /// <returns>The thread, which is not started.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    public Thread Create(ThreadStart run)
    {
        if (run is null)
            throw new ArgumentNullException(nameof(run));
        int number = NextNumber();
        return new Thread(_processors.Count == 0 ? run : Bound(run, _processors[number % _processors.Count]))
        {
            IsBackground = true,
            Name = $"{_name} {number}",
            Priority = _priority,
        };
    }

    private int NextNumber()
    {
        using Turn.Held turn = _numbering.Take();
        return _count++;
    }

    private static ThreadStart Bound(ThreadStart run, int processor)
    {
        var affinity = ProcessorAffinity.Create();
        return () =>
        {
            affinity.BindCurrentThread(processor);
            run();
        };
    }

    private void Check(ProcessorAffinity affinity, string parameterName)
    {
        foreach (int processor in _processors)
            if (!affinity.IsAllowed(processor))
                throw new ArgumentOutOfRangeException(parameterName, processor, "This process may not use that processor, or there is none of this number.");
    }
}
