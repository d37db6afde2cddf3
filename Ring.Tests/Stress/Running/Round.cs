using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ring.Tests.Stress;

/// <summary>One round of a case: how long it is, what is random in it, who takes part, and what was found.</summary>
internal sealed class Round(int number, int seed, TimeSpan length)
{
    private const int MostFindings = 10;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly List<Thread> _threads = [];
    private volatile IWatched? _watched;

    public int Number => number;

    public int Seed => seed;

    /// <summary>Whether it is time to come to an end: at once when something was found, so that the state still shows it.</summary>
    public bool IsOver => HasFindings || _watch.Elapsed >= length;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What ought to be collected when the round is over.</summary>
    public List<WeakReference> Garbage { get; } = [];

    public long Cycles { get; private set; }

    public long Events { get; private set; }

    public bool HasFindings => !_findings.IsEmpty;

    public long Progress => _watched?.Progress ?? 0;

    /// <summary>Says what to look at when nothing gets on, from now on.</summary>
    public void Watch(IWatched watched) => _watched = watched;

    /// <summary>For the n-th who decides at random.</summary>
    public Random NewRandom(int n) => new(unchecked(seed + (n * 7919)));

    /// <summary>Remembers what is wrong.</summary>
    public void Report(string finding)
    {
        if (_findings.Count < MostFindings)
            _findings.Enqueue(finding);
    }

    public void Expect(bool holds, string what)
    {
        if (!holds)
            Report("not so: " + what);
    }

    public void ExpectEqual(long actual, long expected, string what)
    {
        if (actual != expected)
            Report($"{what}: {actual} instead of {expected}");
    }

    /// <summary>A thread that has to be over when <see cref="ExpectNoThreads"/> is called.</summary>
    public Thread NewThread(ThreadStart run)
    {
        Thread thread = new(run) { IsBackground = true };
        lock (_threads)
            _threads.Add(thread);
        return thread;
    }

    /// <summary>Starts a thread; what it throws is a finding.</summary>
    public Thread Start(Action action)
    {
        Thread thread = NewThread(() => Guard(action));
        thread.Start();
        return thread;
    }

    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Report(exception.ToString());
        }
    }

    public void ExpectNoThreads()
    {
        lock (_threads)
        {
            ExpectEqual(_threads.Count(thread => thread.IsAlive), 0, "threads left behind");
            _threads.Clear();
        }
    }

    /// <summary>One setting-up, running and taking-down is done.</summary>
    public void CountCycle(long events) => CountCycles(1, events);

    public void CountCycles(long cycles, long events)
    {
        Cycles += cycles;
        Events += events;
    }

    public string Describe() => $"""
        round {number}, seed {seed}, after {Elapsed}
        found: {string.Join("\n  ", _findings.DefaultIfEmpty("nothing"))}
        state: {_watched?.Describe() ?? "nothing runs yet"}
        """;
}
