namespace Ring.Tests.Support;

/// <summary>Counts the bytes that the calling thread allocates.</summary>
internal static class Allocations
{
    /// <summary>
    /// What <paramref name="work"/> allocates each time: the least of several, because the runtime allocates on the thread, too,
    /// now and then, and not for the work's sake. <paramref name="prepare"/> comes before each, and does not count.
    /// </summary>
    public static long Of(Action work, Action? prepare = null)
    {
        work();
        return Enumerable.Range(0, 5).Min(_ => OfOnce(work, prepare));
    }

    private static long OfOnce(Action work, Action? prepare)
    {
        prepare?.Invoke();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
