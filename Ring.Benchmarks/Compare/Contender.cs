using System.Diagnostics;

namespace Ring.Benchmarks.Compare;

/// <summary>Times work in this process.</summary>
/// <param name="name">What the tables call it.</param>
/// <param name="prepare">Makes a run of so many operations.</param>
internal sealed class Contender(string name, Func<int, IWork> prepare) : IContender
{
    public string Name { get; } = name;

    public Sample Run(int operations)
    {
        using IWork work = prepare(operations);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        work.Go();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        work.Check();
        return new Sample(operations, seconds, allocated);
    }

    public void Dispose()
    {
        // Each run has cleaned up after itself.
    }
}
