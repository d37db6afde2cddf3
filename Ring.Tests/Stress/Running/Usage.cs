using System.Diagnostics;

namespace Ring.Tests.Stress;

/// <summary>What the process holds at one moment.</summary>
internal sealed record Usage(int Threads, long Bytes)
{
    /// <summary>The runtime's own threads come and go.</summary>
    private const int MoreThreads = 16;

    private const long MoreBytes = 16 * 1024 * 1024;

    public static Usage Now()
    {
        using Process process = Process.GetCurrentProcess();
        return new Usage(process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>What has grown without reason, or null.</summary>
    public string? Growth(Usage before)
    {
        if (Threads > before.Threads + MoreThreads)
            return $"there are {Threads} threads, and were {before.Threads}";
        return Bytes > before.Bytes + MoreBytes ? $"there are {Bytes} bytes on the heap, and were {before.Bytes}" : null;
    }
}
