using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>
/// The physical limit: two threads that write a number in turns, each on a cache line of its own, and look at the other's. What a
/// round trip takes is what the line takes there and back.
/// </summary>
internal static class CacheLinePingPong
{
    public static Histogram Run(int exchanges)
    {
        Lines lines = new();
        using Crew crew = new();
        Histogram times = new();
        crew.AddRunning(() => Echo(lines, exchanges));
        crew.AddRunning(() => Exchange(lines, exchanges, times));
        crew.Join();
        return times;
    }

    private static void Exchange(Lines lines, int exchanges, Histogram times)
    {
        for (int i = 1; i <= exchanges; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Volatile.Write(ref lines.State.There, i);
            while (Volatile.Read(ref lines.State.Back) != i)
            {
                // Without a pause, which would add to the time.
            }

            times.Add(Nanoseconds.Since(start));
        }
    }

    private static void Echo(Lines lines, int exchanges)
    {
        for (int i = 1; i <= exchanges; i++)
        {
            while (Volatile.Read(ref lines.State.There) != i)
            {
                // As above.
            }

            Volatile.Write(ref lines.State.Back, i);
        }
    }

    private sealed class Lines
    {
        public Padded State;
    }

    [StructLayout(LayoutKind.Explicit, Size = 392)]
    private struct Padded
    {
        [FieldOffset(128)]
        public long There;

        [FieldOffset(256)]
        public long Back;
    }
}
